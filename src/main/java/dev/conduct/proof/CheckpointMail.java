package dev.conduct.proof;

import dev.conduct.ledger.Activity;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.mail.Letter;
import dev.conduct.mail.Mail;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Once a day the last signed checkpoint goes by mail to a box that nobody who runs this machine can reach
/// (`CONDUCT_CHECKPOINT_MAIL`): whoever holds it notices a past that was rewritten, even where database, files and
/// keys were all replaced.
@Component
class CheckpointMail implements Chore {

    static final String NAME = "checkpoint-mail";
    static final String ACTION = "checkpoint.mail";
    static final String OBJECT = "system:checkpoints";

    private final Activity activity;
    private final Ledger ledger;
    private final Mail mail;
    private final ChoreRecord record;
    private final String box;

    CheckpointMail(
            Activity activity,
            Ledger ledger,
            Mail mail,
            ChoreRecord record,
            @Value("${conduct.checkpoint.mail:}") String box) {
        this.activity = activity;
        this.ledger = ledger;
        this.mail = mail;
        this.record = record;
        this.box = box.strip();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean wanted() {
        return !box.isEmpty();
    }

    @Override
    public Duration every() {
        return Duration.ofHours(24);
    }

    @Override
    public Optional<Event> last() {
        return record.last(ACTION);
    }

    /// The letter is queued and recorded in the transaction of the chores: both, or neither.
    @Override
    public void act() {
        var note = activity.checkpoint();
        if (note.isEmpty()) {
            return;
        }
        var status = ledger.status();
        mail.send(Letter.toBox("checkpoint", box, "Checkpoint of " + status.checkpointSize() + " events")
                .paragraph("Keep this letter. It says what the log of Conduct held when it was written: a log that"
                        + " holds anything else for these events was rewritten.")
                .quote(note.get())
                .paragraph("The log's key: " + activity.key())
                .small("To compare: GET /api/v1/ledger/consistency?from=" + status.checkpointSize()
                        + " must lead from the root above to that of today."));
        record.done(ACTION, OBJECT, Map.of("size", status.checkpointSize()));
    }
}
