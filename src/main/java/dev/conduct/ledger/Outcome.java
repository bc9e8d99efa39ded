package dev.conduct.ledger;

/// How an act ended. A refusal is an event too.
public enum Outcome {
    SUCCESS,
    DENIED,
    ERROR
}
