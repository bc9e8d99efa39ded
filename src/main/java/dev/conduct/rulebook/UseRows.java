package dev.conduct.rulebook;

import dev.conduct.rulebook.UseFold.Deviation;
import dev.conduct.rulebook.UseFold.Standing;
import dev.conduct.rulebook.UseFold.Stay;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The tables of how rules were used.
@Repository
class UseRows {

    /// Enough for a median, and never more work than this.
    private static final int STAYS = 5_000;

    private final JdbcClient db;
    private final JdbcTemplate jdbc;

    UseRows(JdbcClient db, JdbcTemplate jdbc) {
        this.db = db;
        this.jdbc = jdbc;
    }

    long counted() {
        return db.sql("select entries from rulebook.counted").query(Long.class).single();
    }

    /// One node counts at a time; false when another does.
    boolean elected() {
        return db.sql("select pg_try_advisory_xact_lock(hashtext('rulebook.counted'))")
                .query(Boolean.class)
                .single();
    }

    void counted(long entries) {
        db.sql("update rulebook.counted set entries = :entries")
                .param("entries", entries)
                .update();
    }

    void forget() {
        for (var table : List.of("rule_use", "deviation", "standing", "stay")) {
            db.sql("delete from rulebook." + table).update();
        }
        counted(0);
    }

    Map<String, Standing> standings(Collection<String> items) {
        var standings = new HashMap<String, Standing>();
        db.sql("select item, type, state, since from rulebook.standing where item = any (:items)")
                .param("items", items.toArray(String[]::new))
                .query(row -> {
                    standings.put(
                            row.getString("item"),
                            new Standing(
                                    row.getString("type"),
                                    row.getString("state"),
                                    row.getTimestamp("since").toInstant()));
                });
        return standings;
    }

    void add(UseFold fold) {
        jdbc.batchUpdate(
                """
                insert into rulebook.rule_use (clause, control, day, kept, refused, let_pass, overridden, overrun)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (clause, control, day) do update
                   set kept = rule_use.kept + excluded.kept,
                       refused = rule_use.refused + excluded.refused,
                       let_pass = rule_use.let_pass + excluded.let_pass,
                       overridden = rule_use.overridden + excluded.overridden,
                       overrun = rule_use.overrun + excluded.overrun
                """,
                fold.uses.entrySet().stream()
                        .map(it -> row(it.getKey(), it.getValue()))
                        .toList());
        jdbc.batchUpdate(
                "insert into rulebook.deviation (entry, clause, control, item, how, occurred_at) values (?, ?, ?, ?, ?, ?)",
                fold.deviations.stream().map(UseRows::row).toList());
        jdbc.batchUpdate(
                "insert into rulebook.stay (entry, type, state, left_at, seconds) values (?, ?, ?, ?, ?)",
                fold.stays.stream().map(UseRows::row).toList());
        jdbc.batchUpdate(
                """
                insert into rulebook.standing (item, type, state, since) values (?, ?, ?, ?)
                on conflict (item) do update
                   set type = excluded.type, state = excluded.state, since = excluded.since
                """,
                fold.standings.entrySet().stream()
                        .map(it -> new Object[] {
                            it.getKey(),
                            it.getValue().type(),
                            it.getValue().state(),
                            Timestamp.from(it.getValue().since())
                        })
                        .toList());
    }

    private static Object[] row(UseFold.Day day, RuleUse use) {
        return new Object[] {
            day.clause(),
            day.control(),
            java.sql.Date.valueOf(day.day()),
            use.kept(),
            use.refused(),
            use.letPass(),
            use.overridden(),
            use.overrun()
        };
    }

    private static Object[] row(Deviation deviation) {
        return new Object[] {
            deviation.entry(),
            deviation.clause(),
            deviation.control(),
            deviation.item(),
            deviation.how(),
            Timestamp.from(deviation.at())
        };
    }

    private static Object[] row(Stay stay) {
        return new Object[] {stay.entry(), stay.type(), stay.state(), Timestamp.from(stay.leftAt()), stay.seconds()};
    }

    /// By control, from a day on.
    List<RuleUse> since(LocalDate day) {
        return db.sql("""
                select clause, control, sum(kept) as kept, sum(refused) as refused, sum(let_pass) as let_pass,
                       sum(overridden) as overridden, sum(overrun) as overrun
                  from rulebook.rule_use
                 where day >= :day
                 group by clause, control
                """)
                .param("day", day)
                .query((row, number) -> new RuleUse(
                        row.getString("clause"),
                        row.getString("control"),
                        row.getLong("kept"),
                        row.getLong("refused"),
                        row.getLong("let_pass"),
                        row.getLong("overridden"),
                        row.getLong("overrun")))
                .list();
    }

    /// One clause week by week, oldest first; a week in which it was not used is left out.
    ///
    /// @return the use by the Monday a week begins on
    Map<LocalDate, RuleUse> weeks(String clause, LocalDate from) {
        var weeks = new java.util.TreeMap<LocalDate, RuleUse>();
        db.sql("""
                select date_trunc('week', day)::date as week, sum(kept) as kept, sum(refused) as refused,
                       sum(let_pass) as let_pass, sum(overridden) as overridden, sum(overrun) as overrun
                  from rulebook.rule_use
                 where clause = :clause and day >= :from
                 group by 1
                """).param("clause", clause).param("from", from).query(row -> {
            weeks.put(
                    row.getDate("week").toLocalDate(),
                    new RuleUse(
                            clause,
                            "",
                            row.getLong("kept"),
                            row.getLong("refused"),
                            row.getLong("let_pass"),
                            row.getLong("overridden"),
                            row.getLong("overrun")));
        });
        return weeks;
    }

    /// The newest first.
    List<Deviation> deviations(String clause, Instant since, int most) {
        return db.sql("""
                select entry, clause, control, item, how, occurred_at
                  from rulebook.deviation
                 where clause = :clause and occurred_at >= :since
                 order by occurred_at desc, entry desc
                 limit :most
                """)
                .param("clause", clause)
                .param("since", Timestamp.from(since))
                .param("most", most)
                .query((row, number) -> new Deviation(
                        row.getLong("entry"),
                        row.getString("clause"),
                        row.getString("control"),
                        row.getString("item"),
                        row.getString("how"),
                        row.getTimestamp("occurred_at").toInstant()))
                .list();
    }

    /// The median time that items stood at each state of a line before they moved on, of the last few thousand moves.
    Map<String, Duration> medians(String type, Instant since) {
        var medians = new HashMap<String, Duration>();
        db.sql("""
                select state, percentile_cont(0.5) within group (order by seconds) as median
                  from (select state, seconds from rulebook.stay
                         where type = :type and left_at >= :since
                         order by left_at desc limit :most) as last
                 group by state
                """)
                .param("type", type)
                .param("since", Timestamp.from(since))
                .param("most", STAYS)
                .query(row -> {
                    medians.put(row.getString("state"), Duration.ofSeconds(row.getLong("median")));
                });
        return medians;
    }
}
