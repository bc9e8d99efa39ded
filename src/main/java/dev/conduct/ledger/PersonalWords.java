package dev.conduct.ledger;

/// Which words of an event are the writer's own, and go when the writer is erased; all others are the company's. A
/// module whose events hold such words has a bean of this.
public interface PersonalWords {

    boolean personal(String action, String field);
}
