package dev.conduct.checks;

import dev.conduct.identity.Actor;
import dev.conduct.keys.SealedColumns;
import dev.conduct.keys.SealedStore;
import dev.conduct.keys.Secrets;
import dev.conduct.mocks.StandIns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Which runs are to be done, each taken by one server alone, and what came of them.
///
/// In the ledger stand the runs that somebody asked for, and of those by schedule the first of a commit and each that
/// came out otherwise than the one before: the rest says nothing new, and its rows say it.
@Component
class RunQueue {

    private static final Actor SCHEDULE = new Actor("system:checks", "Checks", Set.of(), "scheduler");
    private static final Duration FORGOTTEN = Duration.ofDays(30);
    private static final Duration LEASE = Duration.ofMinutes(3);
    private static final Duration MENDED_AGAIN = Duration.ofMinutes(1);
    private static final Duration MENDED_FOR = Duration.ofDays(1);
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Values.Kept>> KEPT = new TypeReference<>() {};
    private static final String TABLE = "checks.run";

    private final JdbcClient database;
    private final CheckRows rows;
    private final CheckRuns runs;
    private final CheckSecrets secrets;
    private final CheckEvents events;
    private final StandIns standIns;
    private final Secrets sealing;
    private final InstantSource time;

    RunQueue(
            JdbcClient database,
            CheckRows rows,
            CheckRuns runs,
            CheckSecrets secrets,
            CheckEvents events,
            StandIns standIns,
            Secrets sealing,
            InstantSource time) {
        this.database = database;
        this.rows = rows;
        this.runs = runs;
        this.secrets = secrets;
        this.events = events;
        this.standIns = standIns;
        this.sealing = sealing;
        this.time = time;
    }

    /// So that the column is brought under new keys.
    @Configuration
    static class Stores {

        @Bean
        SealedStore whatDrillsKept(SealedColumns columns) {
            return columns.of("What drills kept", TABLE, "kept", "id");
        }
    }

    /// @param secrets those that its text names
    record Taken(CheckRun run, Definition definition, Map<String, Values.Secret> secrets) {}

    /// Lets every check that is due wait for its run.
    @Transactional
    public void begin(Instant now) {
        var due = database.sql("""
                        update checks.definition d
                           set next_at = greatest(d.next_at + d.every, :now)
                          from (select id from checks.definition
                                 where next_at <= :now
                                 order by next_at limit 100 for update skip locked) due
                         where d.id = due.id
                        returning d.id
                        """)
                .param("now", CheckRows.at(now))
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
        for (var id : due) {
            rows.find(id).ifPresent(check -> runs.begin(check, null));
        }
    }

    /// The one that waits longest.
    @Transactional
    public Optional<CheckRun> next(Instant now) {
        return database.sql("""
                        update checks.run set state = 'running', began_at = :now, seen_at = :now
                         where id = (select r.id from checks.run r
                                      where r.state = 'waiting' and r.asked_at <= :now
                                      order by r.asked_at limit 1 for update skip locked)
                        returning id, definition, product, version, environment, mocked, state, asked_by, asked_at, ended_at,
                                  commit, build, micros
                        """)
                .param("now", CheckRows.at(now))
                .query(CheckRuns::run)
                .optional();
    }

    /// With what it does.
    Taken taken(CheckRun run) {
        var text = rows.text(run.definition(), run.version()).orElseThrow();
        return new Taken(run, DefinitionReader.read(text), secrets.open(run.product(), Values.secretsIn(text)));
    }

    @Transactional
    public void done(Taken taken, Runner.Result result, long micros) {
        var run = taken.run();
        var state = result.passed() ? "passed" : "failed";
        var mocked = new LinkedHashSet<>(run.mocked());
        mocked.addAll(standIns.called(run.product(), result.mocks()));
        var fresh = run.askedBy() != null || newsworthy(run, state, result);
        var ended = database.sql("""
                        update checks.run
                           set state = :state, ended_at = :now, commit = :commit, build = :build, micros = :micros,
                               mocked = :mocked, mend_after = :mend,
                               kept = case when :mend::timestamptz is null then null else kept end
                         where id = :id and state = 'running'
                        """)
                .param("state", state)
                .param("now", CheckRows.at(time.instant()))
                .param("commit", result.commit())
                .param("build", result.build())
                .param("micros", micros)
                .param("mocked", mocked.toArray(String[]::new))
                .param("mend", result.broken() ? CheckRows.at(time.instant().plus(MENDED_AGAIN)) : null)
                .param("id", run.id())
                .update();
        if (ended == 0) {
            return;
        }
        steps(run.id(), result);
        if (fresh) {
            var data = new TreeMap<String, Object>(Map.of(
                    "product", run.product(),
                    "run", run.id().toString(),
                    "version", run.version(),
                    "environment", run.environment(),
                    "commit", result.commit(),
                    "build", result.build(),
                    "passed", result.passed(),
                    "steps", result.outcomes().size(),
                    "mocked", List.copyOf(mocked)));
            var by = run.askedBy();
            data.put("asked_by", by == null ? "" : by);
            events.tell(
                    run.definition(),
                    "check.run",
                    SCHEDULE,
                    result.passed() ? dev.conduct.ledger.Outcome.SUCCESS : dev.conduct.ledger.Outcome.ERROR,
                    data,
                    Map.of());
        }
    }

    private boolean newsworthy(CheckRun run, String state, Runner.Result result) {
        return !database.sql("""
                        select exists (
                               select from (select state, commit, build, version from checks.run
                                             where definition = :definition and ended_at is not null
                                             order by id desc limit 1) before
                                where state = :state and commit = :commit and build = :build and version = :version)
                        """)
                .param("definition", run.definition())
                .param("state", state)
                .param("commit", result.commit())
                .param("build", result.build())
                .param("version", run.version())
                .query(Boolean.class)
                .single();
    }

    private void steps(UUID run, Runner.Result result) {
        var outcomes = result.outcomes();
        database.sql("""
                        insert into checks.step (run, place, name, part, how, micros, says)
                        select :run, place + (select coalesce(max(place), 0) from checks.step where run = :run),
                               name, part, how, micros, says
                          from unnest(:names::text[], :parts::text[], :hows::text[], :micros::bigint[], :says::text[])
                               with ordinality as step (name, part, how, micros, says, place)
                        """)
                .param("run", run)
                .param("names", outcomes.stream().map(Outcome::name).toArray(String[]::new))
                .param("parts", outcomes.stream().map(Outcome::part).toArray(String[]::new))
                .param("hows", outcomes.stream().map(one -> one.how().word()).toArray(String[]::new))
                .param("micros", outcomes.stream().map(Outcome::micros).toArray(Long[]::new))
                .param("says", outcomes.stream().map(Outcome::says).toArray(String[]::new))
                .update();
    }

    @Transactional
    public void broken(CheckRun run) {
        database.sql("update checks.run set state = 'broken_off', ended_at = :now where id = :id and state = 'running'")
                .param("now", CheckRows.at(time.instant()))
                .param("id", run.id())
                .update();
    }

    /// Broken off because this server ends; what a drill broke was mended as far as it could be.
    @Transactional
    public void cut(Taken taken, Runner.Result result) {
        steps(taken.run().id(), result);
        database.sql("""
                        update checks.run
                           set state = 'broken_off', ended_at = :now, mend_after = :mend,
                               kept = case when :mend::timestamptz is null then null else kept end
                         where id = :id and state = 'running'
                        """)
                .param("now", CheckRows.at(time.instant()))
                .param("mend", result.broken() ? CheckRows.at(time.instant()) : null)
                .param("id", taken.run().id())
                .update();
    }

    /// These go on.
    @Transactional
    public void seen(Collection<UUID> running, Instant now) {
        if (!running.isEmpty()) {
            database.sql("update checks.run set seen_at = :now where id = any(:ids) and state = 'running'")
                    .param("now", CheckRows.at(now))
                    .param("ids", running.toArray(UUID[]::new))
                    .update();
        }
    }

    /// What a drill's steps have kept, sealed, for the server that mends after this one.
    @Transactional
    public void breaking(UUID run, Map<String, Values.Kept> known) {
        database.sql("update checks.run set kept = :kept where id = :id and state = 'running'")
                .param("kept", sealing.seal(JSON.writeValueAsString(known), TABLE, "kept", run))
                .param("id", run)
                .update();
    }

    /// Those whose server has not been heard of are broken off, and what a drill among them broke is to be mended.
    @Transactional
    public void sweep(Instant now) {
        database.sql("""
                        update checks.run r set state = 'broken_off', ended_at = :now,
                               mend_after = case when t.drill then :now::timestamptz end
                          from checks.text t
                         where r.state = 'running' and coalesce(r.seen_at, r.began_at) < :before
                           and t.definition = r.definition and t.version = r.version
                        """)
                .param("now", CheckRows.at(now))
                .param("before", CheckRows.at(now.minus(LEASE)))
                .update();
    }

    /// The runs whose drill is to be mended now, each by one server; tried again every minute, for a day.
    @Transactional
    public List<CheckRun> toMend(Instant now) {
        return database.sql("""
                        update checks.run
                           set mend_after = case when ended_at > :longest then :next::timestamptz end
                         where id in (select id from checks.run where mend_after <= :now
                                       order by mend_after limit 20 for update skip locked)
                        returning id, definition, product, version, environment, mocked, state, asked_by, asked_at, ended_at,
                                  commit, build, micros
                        """)
                .param("now", CheckRows.at(now))
                .param("longest", CheckRows.at(now.minus(MENDED_FOR)))
                .param("next", CheckRows.at(now.plus(MENDED_AGAIN)))
                .query(CheckRuns::run)
                .list();
    }

    /// What the steps of a run had kept before it ended.
    Map<String, Values.Kept> kept(UUID run) {
        return database.sql("select kept from checks.run where id = :id and kept is not null")
                .param("id", run)
                .query(byte[].class)
                .optional()
                .map(bytes -> JSON.readValue(sealing.open(bytes, TABLE, "kept", run), KEPT))
                .orElse(Map.of());
    }

    /// What came of mending; of several times the last is told.
    @Transactional
    public void mended(Taken taken, Runner.Result result) {
        var run = taken.run().id();
        database.sql("delete from checks.step where run = :run and part = 'mend'")
                .param("run", run)
                .update();
        steps(run, result);
        if (!result.broken()) {
            database.sql("update checks.run set mend_after = null, kept = null where id = :id")
                    .param("id", run)
                    .update();
        }
    }

    /// Steps of runs nobody asked for are forgotten after 30 days, a thousand runs at a time.
    @Transactional
    public void forget(Instant now) {
        database.sql("""
                        with old as (
                               update checks.run set detailed = false
                                where id in (select id from checks.run
                                              where detailed and asked_by is null and ended_at < :before
                                              order by ended_at limit 1000)
                               returning id)
                        delete from checks.step where run in (select id from old)
                        """).param("before", CheckRows.at(now.minus(FORGOTTEN))).update();
    }
}
