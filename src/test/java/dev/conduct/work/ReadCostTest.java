package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.identity.Clients;
import dev.conduct.identity.People;
import dev.conduct.support.ConductTest;
import dev.conduct.support.Evidence;
import dev.conduct.support.Statements;
import dev.conduct.support.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How many statements a page takes, whatever it shows: more of them would be the beginning of one for each row.
@ConductTest
class ReadCostTest {

    /// The adopted versions are read again every second, the counts of a line and who has a repository when they
    /// are old.
    private static final List<String> REMEMBERED = List.of(
            "from procedure.version",
            "count(*) filter (where open)",
            "as risky",
            "select distinct product from source.repository");

    private final Items items;
    private final ItemLists lists;
    private final LinePages lines;
    private final RecordDesk desk;
    private final NextSignals signals;
    private final Moves moves;
    private final List<FactSource> sources;
    private final FactsAtHand atHand;
    private final Clients clients;
    private final JdbcClient database;
    private final TestClock clock;
    private final int port;
    private final Cast cast;

    ReadCostTest(
            Items items,
            Products products,
            People people,
            ItemLists lists,
            LinePages lines,
            RecordDesk desk,
            NextSignals signals,
            Moves moves,
            List<FactSource> sources,
            FactsAtHand atHand,
            Clients clients,
            JdbcClient database,
            TestClock clock,
            @LocalServerPort int port) {
        this.signals = signals;
        this.moves = moves;
        this.sources = sources;
        this.atHand = atHand;
        this.clients = clients;
        this.database = database;
        this.clock = clock;
        this.port = port;
        this.items = items;
        this.lists = lists;
        this.lines = lines;
        this.desk = desk;
        this.cast = new Cast(items, products, people);
    }

    @Test
    void a_record_takes_the_item_its_events_the_people_the_links_and_its_risk() {
        var bug = cast.inFix();

        var sent = sent(() -> desk.page(bug.key(), Map.of(), cast.paula));

        // And the cases that prove it.
        assertThat(sent).as(told(sent)).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void a_record_takes_no_more_for_a_long_history_than_what_decides_and_the_papers() {
        var bug = cast.inFix();
        for (var n = 0; n <= Pasts.SHOWN; n++) {
            var _ = items.comment(bug.key(), "Seen once more, number " + n, null, cast.tom);
        }

        var sent = sent(() -> desk.page(bug.key(), Map.of(), cast.paula));

        // Beside the six: what decides, how many there are, files, watchers, exceptions, linked tests, the run that
        // found it.
        assertThat(sent).as(told(sent)).hasSizeLessThanOrEqualTo(13);
    }

    @Test
    void a_list_takes_its_rows_their_people_and_clocks_what_is_mine_and_saved() {
        for (var n = 0; n < 5; n++) {
            var _ = cast.inFix();
        }

        var sent = sent(() ->
                lines.list("bug", List.of("is:open sort:updated product:" + cast.product), null, null, cast.paula));

        // With the name of the product that is asked for.
        assertThat(sent).as(told(sent)).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void a_search_takes_how_common_its_words_are_and_its_rows() {
        var _ = cast.inFix();

        var sent = sent(() -> lists.page("type:bug editor", 50, null, cast.paula));

        assertThat(sent).as(told(sent)).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void what_machines_know_of_many_records_takes_as_many_statements_as_of_one() {
        var ci = new Api(port, clients, "developer");
        var bugs = IntStream.range(0, 6)
                .mapToObj(n -> cast.approved("%07x".formatted(n + 1).repeat(6).substring(0, 40)))
                .toList();
        asked();
        bugs.forEach(bug -> known(bug, ci));
        // The products with a repository are remembered for half a minute.
        clock.advance(Duration.ofMinutes(1));
        var _ = signals.of(bugs);
        var questions = bugs.stream().map(this::question).toList();

        var one = sent(() -> sources.forEach(source -> source.facts(questions.subList(0, 1))));
        var many = sent(() -> sources.forEach(source -> source.facts(questions)));
        clock.advance(Duration.ofMinutes(1));
        var listed = sent(() -> signals.of(bugs));
        // As acts that come at once are judged: in no transaction.
        var deploys = new Items.Move(bugs.getFirst().key(), "deploy", Map.of(), null, null, null, null);
        var acted = sent(() -> assertThatThrownBy(() -> moves.foresee(bugs.getFirst(), deploys, cast.ruth))
                .isInstanceOf(GateClosed.class));

        assertThat(one)
                .as(told(one))
                .anyMatch(sql -> sql.contains("source.review"))
                .anyMatch(sql -> sql.contains("quality.test_link"))
                .anyMatch(sql -> sql.contains("quality.quarantine"))
                .anyMatch(sql -> sql.contains("quality.part"))
                .anyMatch(sql -> sql.contains("quality.load_summary"))
                .anyMatch(sql -> sql.contains("quality.change_count"))
                .anyMatch(sql -> sql.contains("testing.run_case"))
                .anyMatch(sql -> sql.contains("checks.run"))
                .anyMatch(sql -> sql.contains("acceptance.session"));
        assertThat(many).as(told(many)).hasSameSizeAs(one);
        // The gates of deployment look at what was accepted and merged; tests were looked at before.
        assertThat(listed)
                .as(told(listed))
                .anyMatch(sql -> sql.contains("acceptance.session"))
                .anyMatch(sql -> sql.contains("source.review"))
                .noneMatch(sql -> sql.contains("quality.") || sql.contains("testing.") || sql.contains("checks."));
        // What was shown a moment ago decides nothing.
        assertThat(acted).as(told(acted)).anyMatch(sql -> sql.contains("acceptance.session"));
    }

    @Test
    void what_machines_told_is_at_hand_until_something_is_written_or_it_is_old() {
        var at = clock.instant();
        var question = Set.of(
                new FactSource.Question(cast.product + "-1", cast.product, "", "a".repeat(40), at, Evidence.TOLD));
        var told = new AtomicInteger();
        IntUnaryOperator toldAfter = seconds -> {
            var before = told.get();
            var _ = atHand.of(question, at.plusSeconds(seconds), asked -> {
                told.incrementAndGet();
                return Map.of();
            });
            return told.get() - before;
        };

        // The server itself writes now and then.
        assertThat(IntStream.range(0, 500).map(n -> toldAfter.applyAsInt(0))).contains(0);
        database.sql("select pg_current_xact_id()").query(String.class).single();

        assertThat(toldAfter.applyAsInt(0)).isEqualTo(1);
        assertThat(toldAfter.applyAsInt(2)).isEqualTo(1);
    }

    private FactSource.Question question(Item bug) {
        return new FactSource.Question(
                bug.key(),
                bug.product(),
                "",
                String.valueOf(bug.fields().get("fix_commit")),
                clock.instant().plusSeconds(1),
                Evidence.TOLD);
    }

    /// What every source asks the product for before it looks at a commit.
    private void asked() {
        rows("""
                insert into source.repository (id, product, name, host, url, secret, created_at)
                values (gen_random_uuid(), :product, 'app', 'git', '', '', now())
                """);
        rows("""
                insert into testing.plan (id, product, title, regression, version, changed_by, changed_at)
                values (gen_random_uuid(), :product, 'Regression', true, 1, 'x', now())
                """);
        rows("""
                with made as (
                       insert into checks.definition (id, product, name, title, environment, drill, tied, changed_at, changed_by)
                       values (gen_random_uuid(), :product, 'up', 'Up', 'staging', false, true, now(), 'x') returning id)
                insert into checks.text (definition, version, text, written_at, written_by, tied)
                select id, 1, '', now() - interval '1 year', 'x', true from made
                """);
    }

    /// A commit of which every source knows something, and nothing is as it should be.
    private void known(Item bug, Api ci) {
        var commit = String.valueOf(bug.fields().get("fix_commit"));
        for (var report : List.of(
                "<testsuite name='s'><testcase name='good'/><testcase name='bad'><failure/></testcase></testsuite>",
                "TN:\nSF:a/%s.java\nDA:1,1\nDA:2,0\nend_of_record\n".formatted(commit),
                "timeStamp,elapsed,label,responseCode,success\n1700000000000,9000,%s,500,false\n".formatted(commit))) {
            var sent = ci.send("/reports?product=" + cast.product + "&commit=" + commit, report);
            assertThat(sent.status()).as(sent.response().body()).isEqualTo(201);
        }
        rows("""
                insert into source.change (repository, number, title, state, author, branch, target, head, url, opened_at, told_at, keyed)
                select id, (select count(*) from source.change where repository = r.id), '', 'open', 'x', 'f', 'main', '%s', '',
                       now(), now(), true
                  from source.repository r where product = :product
                """.formatted(commit));
        rows("""
                insert into quality.test_link (product, test, item, suite, name, linked_by, linked_at)
                values (:product, gen_random_uuid(), '%s', 's', 'bad', 'x', now() - interval '1 year')
                """.formatted(bug.key()));
        rows("""
                with ran as (
                       insert into testing.test_run (id, product, plan, title, commit, build, environment, mocked, started_by,
                                                     started_at, ended_by, ended_at)
                       select gen_random_uuid(), product, id, 'Run', '%s', '', '', '{}', 'x', now() - interval '1 year', 'x',
                              now() - interval '1 year'
                         from testing.plan where product = :product
                       returning id, product, plan),
                     proved as (
                       insert into testing.test_case (id, product, plan, number, version)
                       select gen_random_uuid(), product, plan,
                              (select count(*) from testing.test_case where product = :product), 1
                         from ran returning id, number)
                insert into testing.run_case (run, test_case, version, number, verdict)
                select ran.id, proved.id, 1, proved.number, 'failed' from ran, proved
                """.formatted(commit));
        rows("""
                insert into acceptance.session (id, product, title, commit, build, environment, criteria, signs, opened_by, opened_at)
                values (gen_random_uuid(), :product, 'A', '%s', 'b1', '', '', repeat('0', 64), 'x', now() - interval '1 year')
                """.formatted(commit));
    }

    /// They are made of events, and other tests hold them against the ledger.
    @AfterEach
    void leave() {
        Stream.of(
                        "acceptance.session where product = :product",
                        "testing.run_case where run in (select id from testing.test_run where product = :product)",
                        "testing.test_run where product = :product",
                        "testing.test_case where product = :product",
                        "testing.plan where product = :product")
                .forEach(rows -> rows("delete from " + rows));
    }

    private void rows(String sql) {
        database.sql(sql).param("product", cast.product).update();
    }

    private static List<String> sent(Runnable act) {
        return Statements.of(act).stream()
                .filter(sql -> REMEMBERED.stream().noneMatch(sql::contains))
                .toList();
    }

    private static String told(List<String> sent) {
        return String.join("\n", sent);
    }
}
