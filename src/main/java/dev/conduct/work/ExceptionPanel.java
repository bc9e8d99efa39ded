package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Html;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import dev.conduct.shell.StationTime;
import dev.conduct.shell.Words;
import gg.jte.Content;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The exceptions on an item's page, with the buttons of those who may decide, and what they leave owing.
@Component
class ExceptionPanel implements ItemPanel {

    private final Overrides overrides;
    private final Duties duties;
    private final People people;
    private final StationTime stationTime;
    private final Html html;

    ExceptionPanel(Overrides overrides, Duties duties, People people, StationTime stationTime, Html html) {
        this.overrides = overrides;
        this.duties = duties;
        this.people = people;
        this.stationTime = stationTime;
        this.html = html;
    }

    @Override
    public int order() {
        return 5;
    }

    @Override
    public @Nullable Content of(ItemPast past, Actor actor) {
        var item = past.item();
        var asked = past.maybe("override.") ? overrides.newest(item) : List.<GateOverride>of();
        if (asked.isEmpty()) {
            return null;
        }
        var owed = duties.ofItem(item);
        var telling = new Saying(past.standing(), actor, names(asked, owed, actor), stationTime.words(actor));
        var view = new ExceptionsView(
                item.key(),
                asked.stream().map(telling::row).toList(),
                owed.stream().map(telling::owed).toList());
        var panel = html.render("work/exceptions.jte", Map.of("view", view, "words", telling.words()));
        return output -> output.writeContent(panel);
    }

    private PageNames names(List<GateOverride> asked, List<Duty> owed, Actor viewer) {
        var ids = new HashSet<String>();
        for (var override : asked) {
            ids.add(override.askedBy());
            if (override.decidedBy() != null) {
                ids.add(override.decidedBy());
            }
        }
        for (var duty : owed) {
            ids.add(duty.owedBy());
            if (duty.settledBy() != null) {
                ids.add(duty.settledBy());
            }
        }
        return PageNames.of(ids, people, viewer);
    }

    private final class Saying {

        private final Standing standing;
        private final Actor viewer;
        private final PageNames names;
        private final Words words;
        private final Procedure procedure;
        private final ItemType type;

        Saying(Standing standing, Actor viewer, PageNames names, Words words) {
            this.standing = standing;
            this.viewer = viewer;
            this.names = names;
            this.words = words;
            this.procedure = standing.procedure();
            this.type = standing.type();
        }

        Words words() {
            return words;
        }

        ExceptionsView.Row row(GateOverride override) {
            return new ExceptionsView.Row(
                    override.id(),
                    tone(override.state()),
                    word(override.state()),
                    title(override.transition(), override.gate()),
                    ref(override.clause()),
                    override.reason(),
                    override.note(),
                    who(override),
                    overrides.mayApprove(override, standing.found(), viewer),
                    overrides.mayDecline(override, standing.found(), viewer));
        }

        ExceptionsView.Owed owed(Duty duty) {
            var kind =
                    duty.evidence() == null ? null : procedure.evidenceKinds().get(duty.evidence());
            return new ExceptionsView.Owed(
                    duty.id(),
                    title(duty.transition(), duty.gate()),
                    ref(duty.clause()),
                    names.name(duty.owedBy()),
                    duty.dueAt(),
                    kind == null ? null : kind.title(),
                    duty.settledBy() == null || duty.settledAt() == null
                            ? null
                            : "Settled by " + names.name(duty.settledBy()) + " " + words.moment(duty.settledAt()) + ".",
                    duty.note(),
                    duty.open() && duties.maySettle(duty, standing.found(), viewer));
        }

        private String who(GateOverride override) {
            var asked = "Asked by " + names.name(override.askedBy()) + " " + words.moment(override.askedAt()) + ". ";
            var by = override.decidedBy() == null ? "" : names.name(override.decidedBy());
            var until = words.moment(override.endsAt());
            return asked
                    + switch (override.state()) {
                        case ASKED -> "Waits for a second person until " + until + ".";
                        case APPROVED -> "Approved by " + by + ", in force until " + until + ".";
                        case DECLINED ->
                            by.equals(names.name(override.askedBy())) ? "Withdrawn." : "Declined by " + by + ".";
                        case EXPIRED ->
                            by.isEmpty()
                                    ? "Nobody decided until " + until + "."
                                    : "Approved by " + by + ", ended " + until + ".";
                        case VOIDED -> (by.isEmpty() ? "" : "Approved by " + by + ". ") + "Void since it went back.";
                    };
        }

        private String title(String transition, String gate) {
            var known = Duties.gate(type, transition, gate);
            return known == null ? Words.plain(gate) : known.title();
        }

        private String ref(String clause) {
            var known = procedure.clauses().get(clause);
            return known == null ? clause : known.ref();
        }
    }

    private static String tone(GateOverride.State state) {
        return switch (state) {
            case ASKED, EXPIRED, VOIDED -> "wait";
            case APPROVED -> "waived";
            case DECLINED -> "stop";
        };
    }

    private static String word(GateOverride.State state) {
        return switch (state) {
            case ASKED -> "Waiting";
            case APPROVED -> "By exception";
            case DECLINED -> "Declined";
            case EXPIRED -> "Ended";
            case VOIDED -> "Void";
        };
    }
}
