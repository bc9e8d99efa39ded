package dev.conduct.shell;

import java.time.InstantSource;
import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// The station's time: the words for times as seen now, in the zone of this installation (`conduct.zone`).
@Component
public class StationTime {

    private final InstantSource time;
    private final ZoneId zone;

    StationTime(InstantSource time, @Value("${conduct.zone:}") String zone) {
        this.time = time;
        this.zone = zone.isBlank() ? ZoneId.systemDefault() : ZoneId.of(zone);
    }

    public Words words() {
        return new Words(zone, time.instant());
    }
}
