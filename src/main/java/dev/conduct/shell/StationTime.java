package dev.conduct.shell;

import dev.conduct.identity.Actor;
import dev.conduct.identity.DateStyle;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// The station's time: the words for times as seen now, in the zone of who reads, else of this installation
/// (`conduct.zone`).
@Component
public class StationTime {

    private final InstantSource time;
    private final ZoneId zone;

    StationTime(InstantSource time, @Value("${conduct.zone:}") String zone) {
        this.time = time;
        this.zone = zone.isBlank() ? ZoneId.systemDefault() : ZoneId.of(zone);
    }

    /// As the installation writes times, for nobody in particular.
    public Words words() {
        return words(null, null);
    }

    public Words words(Actor reader) {
        return words(reader.zone(), reader.locale());
    }

    private Words words(@Nullable ZoneId own, @Nullable Locale locale) {
        return new Words(own == null ? zone : own, DateStyle.of(locale), time.instant());
    }

    ZoneId zone() {
        return zone;
    }
}
