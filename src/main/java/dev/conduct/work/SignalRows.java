package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Reason;
import dev.conduct.procedure.Signal;
import dev.conduct.shell.Words;
import dev.conduct.work.RecordPage.Link;
import dev.conduct.work.RecordPage.SignalRow;
import dev.conduct.work.RecordPage.Signals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The signals before a station as rows: stops first, each with what it saw or what would clear it.
record SignalRows(
        String key,
        ItemType type,
        Procedure procedure,
        PageNames names,
        Words words,
        Actor viewer,
        List<Signal.Verdict> verdicts,
        Function<ItemType.Gate, Optional<FactSource.Place>> places) {

    private static final List<String> ORDER = List.of("stop", "caution", "wait", "waived", "clear");

    Signals before(Signal.Verdict verdict) {
        var rows = new ArrayList<SignalRow>();
        if (verdict.role() != null) {
            rows.add(role(verdict.role()));
        }
        for (var signal : verdict.signals()) {
            rows.add(row(signal, verdict));
        }
        rows.sort(Comparator.comparing(row -> ORDER.indexOf(row.tone())));
        var first = true;
        for (var at = 0; at < rows.size(); at++) {
            var row = rows.get(at);
            if (first && row.supply() != null && !row.tone().equals("clear")) {
                rows.set(at, withFirst(row));
                first = false;
            }
        }
        var to = verdict.transition().to();
        return new Signals(
                to == null ? verdict.transition().title() : Stations.title(type, to),
                verdict.transition().name(),
                rows,
                procedure.version());
    }

    private SignalRow role(Reason role) {
        return new SignalRow(
                "stop",
                "Stop",
                "Your role",
                ref(role.clause()),
                "Not yours",
                role.says(),
                role.fix(),
                null,
                null,
                null,
                false);
    }

    private SignalRow row(Signal signal, Signal.Verdict verdict) {
        var gate = signal.gate();
        var reason = signal.reason();
        var exception = signal.override();
        if (exception != null) {
            return new SignalRow(
                    "waived",
                    "By exception",
                    gate.title(),
                    ref(gate.clause()),
                    "",
                    "Asked by " + names.name(exception.askedBy()) + ", approved by "
                            + names.name(exception.approvedBy()) + ", until " + words.moment(exception.expiresAt())
                            + ".",
                    "",
                    null,
                    null,
                    null,
                    false);
        }
        if (reason == null) {
            return new SignalRow(
                    "clear", "Clear", gate.title(), ref(gate.clause()), "", signal.seen(), "", null, null, null, false);
        }
        var tone = reason.mode() == ItemType.Mode.ENFORCE ? "stop" : "caution";
        return new SignalRow(
                tone,
                tone.equals("stop") ? "Stop" : "Caution",
                gate.title(),
                ref(gate.clause()),
                lacks(reason.kind()),
                reason.says(),
                reason.fix() + who(gate),
                ownWork(gate, verdict) ? null : supply(gate, verdict.transition()),
                places.apply(gate)
                        .map(place -> new Link("Open " + place.title(), place.href()))
                        .orElse(null),
                override(gate, reason, verdict),
                false);
    }

    /// True when the evidence must come from somebody else, and this actor is held for just that reason.
    private static boolean ownWork(ItemType.Gate gate, Signal.Verdict verdict) {
        return !gate.otherThan().isEmpty()
                && verdict.signals().stream()
                        .map(Signal::reason)
                        .anyMatch(reason -> reason != null && reason.kind() == Reason.Kind.SEPARATION);
    }

    private static SignalRow withFirst(SignalRow row) {
        return new SignalRow(
                row.tone(),
                row.word(),
                row.title(),
                row.clause(),
                row.lacks(),
                row.says(),
                row.fix(),
                row.supply(),
                row.place(),
                row.override(),
                true);
    }

    private static String lacks(Reason.Kind kind) {
        return switch (kind) {
            case MISSING, FIELD -> "Missing";
            case STALE -> "Stale";
            case OTHER_BUILD -> "Other build";
            case ROLE -> "Not yours";
            case SEPARATION -> "Somebody else";
        };
    }

    /// Who can supply it, when this actor cannot.
    private String who(ItemType.Gate gate) {
        var kind = gate.evidence() == null ? null : procedure.evidenceKinds().get(gate.evidence());
        if (kind == null || kind.roles().isEmpty() || viewer.hasAny(kind.roles())) {
            return "";
        }
        return " " + titles(kind.roles()) + " can supply it.";
    }

    private String titles(java.util.Set<String> roles) {
        return roles.stream()
                .sorted()
                .map(role -> procedure.roles().containsKey(role)
                        ? procedure.roles().get(role).title()
                        : role)
                .collect(Collectors.joining(" or "));
    }

    /// The nearest form that clears the gate: the evidence, the field, or the act it waits for.
    private @Nullable Link supply(ItemType.Gate gate, ItemType.Transition transition) {
        if (gate.evidence() != null) {
            var kind = procedure.evidenceKinds().get(gate.evidence());
            return kind == null || !(kind.roles().isEmpty() || viewer.hasAny(kind.roles()))
                    ? null
                    : new Link("Record " + lower(kind.title()), form("evidence=" + kind.name()));
        }
        if (gate.field() != null) {
            var field = type.fields().get(gate.field());
            var title = field == null ? gate.title() : field.title();
            return field != null && !(field.editors().isEmpty() || viewer.hasAny(field.editors()))
                    ? null
                    : new Link("Write " + lower(title), form("edit=" + gate.field()));
        }
        if (gate.act() != null) {
            return verdicts.stream()
                    .filter(verdict -> verdict.transition().name().equals(gate.act()) && verdict.allowed())
                    .findFirst()
                    .map(verdict -> new Link(
                            verdict.transition().title(),
                            form("move=" + verdict.transition().name())))
                    .orElse(null);
        }
        return transition.asks().contains("assignee") && gate.kind() == Reason.Kind.FIELD
                ? new Link("Assign somebody", form("assign"))
                : null;
    }

    /// For whoever might take the transition.
    private @Nullable Link override(ItemType.Gate gate, Reason reason, Signal.Verdict verdict) {
        return reason.mode() == ItemType.Mode.ENFORCE && verdict.role() == null
                ? new Link(
                        "Ask for an exception",
                        form("override=" + gate.name() + "&why="
                                + verdict.transition().name()))
                : null;
    }

    private String form(String query) {
        return "/items/" + key + "?" + query + "#form";
    }

    private String ref(String clause) {
        var known = procedure.clauses().get(clause);
        return known == null ? clause : known.ref();
    }

    private static String lower(String title) {
        return Character.toLowerCase(title.charAt(0)) + title.substring(1);
    }
}
