package dev.conduct.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.ledger.Activity;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.LedgerFixture;
import dev.conduct.support.ConductTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
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
    private final LedgerFixture fixture;

    CheckpointMailTest(
            CheckpointMail mail,
            Ledger ledger,
            Activity activity,
            TransactionTemplate transaction,
            Environment environment) {
        this.mail = mail;
        this.ledger = ledger;
        this.activity = activity;
        this.transaction = transaction;
        this.fixture = new LedgerFixture(environment);
    }

    @Test
    void the_letter_holds_the_signed_checkpoint_and_the_log_says_that_it_was_sent() {
        ledger.appendAlone(LedgerFixture.event("system:sample", 1));
        LedgerFixture.until(() -> activity.checkpoint().isPresent());
        var root = activity.checkpoint().orElseThrow().lines().skip(2).findFirst().orElseThrow();

        transaction.executeWithoutResult(open -> mail.act());

        assertThat(mail.last()).isPresent();
        LedgerFixture.until(() -> letter().isPresent());
        assertThat(letter().orElseThrow()).contains("box@elsewhere.example", root);
    }

    private Optional<String> letter() {
        var folder = fixture.data().resolve("mail");
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".eml")).map(CheckpointMailTest::read).findFirst();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
