package dev.conduct.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.ledger.Activity;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.LedgerFixture;
import dev.conduct.mail.Sent;
import dev.conduct.support.ConductTest;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

@ConductTest(
        properties = {
            "test.alone=CheckpointMailTest",
            "conduct.checkpoint.mail=box@elsewhere.example",
        })
class CheckpointMailTest {

    private final CheckpointMail mail;
    private final Ledger ledger;
    private final Activity activity;
    private final TransactionTemplate transaction;
    private final Sent sent;

    CheckpointMailTest(
            CheckpointMail mail, Ledger ledger, Activity activity, TransactionTemplate transaction, Sent sent) {
        this.mail = mail;
        this.ledger = ledger;
        this.activity = activity;
        this.transaction = transaction;
        this.sent = sent;
    }

    @Test
    void the_letter_holds_the_signed_checkpoint_and_the_log_says_that_it_was_sent() {
        ledger.appendAlone(LedgerFixture.event("system:sample", 1));
        LedgerFixture.until(() -> activity.checkpoint().isPresent());
        var root =
                activity.checkpoint().orElseThrow().lines().skip(2).findFirst().orElseThrow();

        transaction.executeWithoutResult(open -> mail.act());

        assertThat(mail.last()).isPresent();
        assertThat(sent.to("box@elsewhere.example", "checkpoint"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.text()).contains(root));
    }
}
