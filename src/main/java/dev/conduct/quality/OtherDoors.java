package dev.conduct.quality;

import dev.conduct.database.Readers;
import dev.conduct.identity.Actor;
import dev.conduct.work.ReportIntake;
import java.io.InputStream;
import org.springframework.stereotype.Component;

/// Reports that came by another door than this module's own, such as a signed webhook. Whoever sends them there reads
/// nothing here, so what they are measured by is read as the system.
@Component
class OtherDoors implements ReportIntake {

    private final Intake intake;
    private final Readers readers;

    OtherDoors(Intake intake, Readers readers) {
        this.intake = intake;
        this.readers = readers;
    }

    @Override
    public Taken take(Of of, InputStream report, Actor by) {
        var binding = Binding.of(of.product(), of.commit(), of.branch(), of.build(), of.environment());
        var taken = readers.system(() -> intake.take(binding, report, by, of.from()));
        return new Taken(taken.report().id(), taken.report().kind(), taken.fresh());
    }
}
