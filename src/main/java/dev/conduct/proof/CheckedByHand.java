package dev.conduct.proof;

import dev.conduct.ledger.Outcome;
import dev.conduct.shell.ScheduledWork;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/// The daily check of the ledger on the page about the system.
@Component
class CheckedByHand implements ScheduledWork {

    private static final String ID = "check-the-ledger";

    private final NightlyCheck check;

    CheckedByHand(NightlyCheck check) {
        this.check = check;
    }

    @Override
    public List<Work> work() {
        var last = check.last();
        return List.of(new Work(
                ID,
                "Hash the whole ledger again and compare the tables with it",
                last.map(event -> event.recordedAt()).orElse(null),
                last.map(event -> event.recordedAt().plus(Duration.ofDays(1))).orElse(null),
                last.filter(event -> event.outcome() != Outcome.SUCCESS)
                        .map(event -> event.content().getOrDefault("says", "It did not hold."))
                        .orElse(null)));
    }

    @Override
    public boolean now(String id) {
        if (!id.equals(ID)) {
            return false;
        }
        check.check();
        return true;
    }
}
