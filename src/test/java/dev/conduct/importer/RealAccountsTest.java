package dev.conduct.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Actor;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.LedgerFixture;
import dev.conduct.ledger.verify.DatabaseVerifier;
import dev.conduct.support.ConductTest;
import dev.conduct.work.Products;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.Environment;

/// Real files through the one door: the account balances, a rehearsal tells it beforehand, a second run takes nothing.
@ConductTest
class RealAccountsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Actor ADMIN = new Actor("system:test", "Test", Set.of("administrator"), "api");

    private final Imports imports;
    private final Products products;

    private final Ledger ledger;
    private final LedgerFixture fixture;

    RealAccountsTest(Imports imports, Products products, Ledger ledger, Environment environment) {
        this.imports = imports;
        this.products = products;
        this.ledger = ledger;
        this.fixture = new LedgerFixture(environment);
    }

    @ParameterizedTest
    @CsvSource({
        "JIRA, jira-apache-hdfs.jsonl, , 57, 0",
        "BUGZILLA, bugzilla-eclipse-aspectj-b.json, , 140, 1",
        "CSV, gitbugs-seamonkey.csv, seamonkey.yaml, 1076, 0",
        "EVENTS_CSV, servicenow-incidents.csv, servicenow.yaml, 1887, 3",
        "XES, running-example.xes, textbook.yaml, 6, 0",
    })
    void the_account_of_a_real_file_balances(
            ImportFormat format, String name, @Nullable String mapping, int read, int refused) throws Exception {
        var file = Corpus.real("issue-history/" + name);
        var product = "REAL" + COUNT.incrementAndGet();
        products.create(product, name, ADMIN);
        var overlays = new ArrayList<Imports.Overlay>();
        if (mapping != null) {
            overlays.add(new Imports.Overlay(mapping, Files.readString(Corpus.own(mapping))));
        }
        overlays.add(new Imports.Overlay("source", "source: real-" + product + "\n"));
        var order = new Imports.Order(format, product, List.of(new Imports.Source(name, file)), overlays);

        var rehearsed = imports.rehearse(order, ADMIN);
        var account = imports.run(order, ADMIN);
        var again = imports.run(order, ADMIN);

        assertThat(rehearsed).isEqualTo(account);
        assertThat(account.read()).isEqualTo(read);
        assertThat(account.refused()).isEqualTo(refused);
        assertThat(account.imported()).isEqualTo(read - refused);
        assertThat(again.merged()).isEqualTo(read - refused);
        assertThat(again.events()).isZero();
        holds(account.events());
    }

    /// What was imported is sealed and signed, and all of the ledger holds.
    private void holds(long imported) throws Exception {
        LedgerFixture.until(() -> {
            var status = ledger.status();
            return status.unsealed() == 0 && status.checkpointSize() == status.size() && status.size() >= imported;
        });
        try (var connection = fixture.asOwner()) {
            var verdict = DatabaseVerifier.verify(
                    connection, fixture.verifierKey(), fixture.macKey(), fixture.checkpointFile());
            assertThat(verdict.entries()).isGreaterThanOrEqualTo(imported);
            assertThat(verdict.codes()).isTrue();
        }
    }
}
