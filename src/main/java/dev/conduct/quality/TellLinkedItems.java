package dev.conduct.quality;

import dev.conduct.database.Readers;
import dev.conduct.identity.Actor;
import dev.conduct.quality.TestLinks.Linked;
import dev.conduct.work.Items;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Tells items that their tests turned, from failing to passing or back, when a report of CI shows it that speaks for
/// them. As the system: whoever sends reports need not see every item.
@Component
class TellLinkedItems {

    private static final Logger log = LoggerFactory.getLogger(TellLinkedItems.class);
    private static final Actor SYSTEM = new Actor("system:quality", "Conduct", Set.of(), "scheduler");

    private final JdbcClient database;
    private final Items items;
    private final Readers readers;
    private final Speaking speaking;
    private final ReportRows reports;
    private final TransactionTemplate transaction;

    TellLinkedItems(
            JdbcClient database,
            Items items,
            Readers readers,
            Speaking speaking,
            ReportRows reports,
            PlatformTransactionManager transactions) {
        this.database = database;
        this.items = items;
        this.readers = readers;
        this.speaking = speaking;
        this.reports = reports;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// The report is kept by now: what an item cannot be told stands on its page all the same.
    void tell(Report report) {
        if (!report.family().equals("tests") || !report.environment().isEmpty()) {
            return;
        }
        readers.system(() -> {
            var turned = turned(report);
            var voices = speaking.of(
                    report.product(),
                    turned.stream().map(Linked::item).distinct().toList());
            var later = new LinkedHashSet<UUID>();
            for (var one : turned) {
                var heard = voices.get(one.item());
                if (heard != null) {
                    told(report, one, heard).ifPresent(later::add);
                }
            }
            later.forEach(id -> reports.find(id).ifPresent(this::tell));
            return report;
        });
    }

    /// A later report that was kept while the item was told found nothing to turn yet: it is told now.
    ///
    /// @return that later report
    private Optional<UUID> told(Report report, Linked one, Speaking.Voices voices) {
        if (!voices.hear(report.branch())) {
            return Optional.empty();
        }
        try {
            var turns = transaction.execute(_ -> {
                var first = later(report, one, voices).isEmpty() && turn(report, one);
                if (first) {
                    tell(report, one);
                }
                return first;
            });
            return Boolean.TRUE.equals(turns) ? later(report, one, voices) : Optional.empty();
        } catch (RuntimeException refused) {
            log.warn("{} could not be told of a test that turned: {}", one.item(), refused.getMessage());
            return Optional.empty();
        }
    }

    private List<Linked> turned(Report report) {
        return database.sql("""
                        select distinct on (l.item, l.test) l.item, l.test, l.suite, l.name, t.outcome,
                               null::uuid as run, '' as commit
                          from quality.test_link l
                          join quality.test_case t on t.report = :report and t.test = l.test
                         where l.product = :product
                           and t.outcome <> 'skipped'
                           and (t.outcome in ('failed', 'errored')) <> (l.outcome in ('failed', 'errored'))
                         order by l.item, l.test, t.place desc limit 500
                        """)
                .param("report", report.id())
                .param("product", report.product())
                .query(TestLinks::linked)
                .list();
    }

    /// The newest report that came later, speaks for the item too and has the test: of two that come at once
    /// the older may be told last.
    private Optional<UUID> later(Report report, Linked one, Speaking.Voices voices) {
        return database
                .sql("""
                        select distinct on (r.branch) r.branch, r.id, r.received_at
                          from quality.report r join quality.test_case t on t.report = r.id and t.test = :test
                         where r.product = :product and r.family = 'tests' and r.environment = ''
                           and r.received_at >= :at and (r.received_at > :at or r.id > :report)
                           and t.outcome <> 'skipped'
                         order by r.branch, r.received_at desc, r.id desc
                        """)
                .param("test", one.test())
                .param("product", report.product())
                .param("at", OffsetDateTime.ofInstant(report.receivedAt(), ZoneOffset.UTC))
                .param("report", report.id())
                .query((row, number) -> new Later(
                        row.getObject("id", UUID.class),
                        row.getString("branch"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant()))
                .list()
                .stream()
                .filter(later -> voices.hear(later.branch()))
                .max(Comparator.comparing(Later::at).thenComparing(Later::report))
                .map(Later::report);
    }

    private record Later(UUID report, String branch, Instant at) {}

    /// False when another report turned it meanwhile, or the test is linked no more.
    private boolean turn(Report report, Linked one) {
        return database.sql("""
                        update quality.test_link set outcome = :outcome, report = :report
                         where item = :item and test = :test
                           and (outcome in ('failed', 'errored')) <> (:outcome in ('failed', 'errored'))
                        """)
                        .param("outcome", one.outcome())
                        .param("report", report.id())
                        .param("item", one.item())
                        .param("test", one.test())
                        .update()
                == 1;
    }

    private void tell(Report report, Linked one) {
        items.notice(
                new Items.Notice(
                        one.item(),
                        one.fails() ? "test.fails" : "test.passes",
                        null,
                        Map.of("suite", one.suite(), "test", one.name(), "commit", report.commit()),
                        report.receivedAt()),
                SYSTEM);
    }
}
