package dev.conduct.identity;

import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.Procedures;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// What stands beside the forms of sign-in.
@Component
class Gatehouse {

    private final Procedures procedures;
    private final Ledger ledger;
    private final SetUp setUp;
    private final InstantSource time;
    private final ZoneId zone;

    Gatehouse(
            Procedures procedures,
            Ledger ledger,
            SetUp setUp,
            InstantSource time,
            @Value("${conduct.zone:}") String zone) {
        this.procedures = procedures;
        this.ledger = ledger;
        this.setUp = setUp;
        this.time = time;
        this.zone = zone.isBlank() ? ZoneId.systemDefault() : ZoneId.of(zone);
    }

    record Board(String company, String procedure, String logHead, String time) {}

    Board board() {
        var now = time.instant();
        return new Board(
                setUp.company(),
                procedures.at(now).version(),
                String.format(Locale.ROOT, "%,d", ledger.status().size()).replace(',', '\u2009'),
                shown(now, "HH:mm zzz"));
    }

    String time(Instant moment) {
        return shown(moment, "HH:mm");
    }

    private String shown(Instant moment, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(moment.atZone(zone));
    }
}
