package dev.conduct.work;

import dev.conduct.identity.People;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.StationTime;
import dev.conduct.shell.Words;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Who knows a component best: its owners, and who fixed what in it. A fix counts half as much for every half year that
/// passed since; owning counts as two fixes of today.
@Component
public class Experts {

    private static final int MOST = 10;
    private static final int OWNING = 2;
    private static final long HALF_LIFE_DAYS = 180;

    private final JdbcClient database;
    private final People people;
    private final Procedures procedures;
    private final StationTime stationTime;
    private final InstantSource time;

    Experts(JdbcClient database, People people, Procedures procedures, StationTime stationTime, InstantSource time) {
        this.procedures = procedures;
        this.database = database;
        this.people = people;
        this.stationTime = stationTime;
        this.time = time;
    }

    private record Standing(
            String actor,
            boolean owner,
            long fixes,
            @Nullable Instant last) {}

    /// The best first, at most ten, only who can be assigned something now.
    ///
    /// @param component null or unknown: those who fixed most in the whole product
    public List<Expert> suggest(String product, @Nullable String component) {
        var standings = component == null || component.isBlank() ? inProduct(product) : inComponent(product, component);
        var known = people.byId(standings.stream().map(Standing::actor).toList());
        var words = stationTime.words();
        var where = component == null || component.isBlank() ? product : component;
        var credit = credit();
        var experts = new ArrayList<Expert>();
        for (var standing : standings) {
            var person = known.get(standing.actor());
            if (person != null && person.active() && experts.size() < MOST) {
                experts.add(new Expert(
                        standing.actor(),
                        person.name(),
                        because(standing, where, credit, words),
                        standing.owner(),
                        standing.fixes(),
                        standing.last()));
            }
        }
        return experts;
    }

    ItemType type(Item item) {
        return Door.type(procedures.version(item.procedureVersion()), item.type());
    }

    @Nullable
    String component(Item item) {
        return type(item).component(item.fields()).orElse(null);
    }

    /// What the procedure says of who took a transition that earns credit: `fixed`, `bug`, `bugs`.
    private record Credit(String word, String one, String many) {}

    private Credit credit() {
        return procedures.at(time.instant()).types().values().stream()
                .flatMap(type -> type.transitions().values().stream()
                        .map(ItemType.Transition::credit)
                        .filter(Objects::nonNull)
                        .map(word -> new Credit(word, lower(type.title()), lower(type.plural()))))
                .findFirst()
                .orElse(new Credit("worked on", "record", "records"));
    }

    private static String lower(String title) {
        return title.toLowerCase(Locale.ROOT);
    }

    private List<Standing> inComponent(String product, String component) {
        return database.sql("""
                        with fixed as (
                            select fixer, count(*) as fixes, max(at) as last,
                                   sum(power(0.5, greatest(0, extract(epoch from :now - at)) / :half_life)) as weight
                              from work.fix
                             where product = :product and component = :component
                             group by fixer),
                        owner as (
                            select coalesce('person:' || m.member, named.owner) as actor
                              from work.component c
                             cross join unnest(c.owners) as named (owner)
                              left join identity.team_member m on 'team:' || m.team = named.owner
                             where c.product = :product and c.name = :component
                               and (m.member is not null or named.owner not like 'team:%'))
                        select coalesce(f.fixer, o.actor) as actor, o.actor is not null as owner,
                               coalesce(f.fixes, 0) as fixes, f.last
                          from fixed f full join owner o on o.actor = f.fixer
                         order by coalesce(f.weight, 0) + case when o.actor is null then 0 else :owning end desc, actor
                         limit :most
                        """)
                .param("product", product)
                .param("component", component)
                .param("now", ItemRows.time(time.instant()))
                .param("half_life", (double) HALF_LIFE_DAYS * 86_400)
                .param("owning", (double) OWNING)
                .param("most", 5 * MOST)
                .query(Experts::standing)
                .list();
    }

    private List<Standing> inProduct(String product) {
        return database.sql("""
                        select fixer as actor, false as owner, count(*) as fixes, max(at) as last
                          from work.fix
                         where product = :product
                         group by fixer
                         order by sum(power(0.5, greatest(0, extract(epoch from :now - at)) / :half_life)) desc, fixer
                         limit :most
                        """)
                .param("product", product)
                .param("now", ItemRows.time(time.instant()))
                .param("half_life", (double) HALF_LIFE_DAYS * 86_400)
                .param("most", 5 * MOST)
                .query(Experts::standing)
                .list();
    }

    private static Standing standing(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new Standing(
                row.getString("actor"), row.getBoolean("owner"), row.getLong("fixes"), ItemRows.instant(row, "last"));
    }

    private static String because(Standing standing, String where, Credit credit, Words words) {
        var last = standing.last();
        var fixed = last == null
                ? ""
                : credit.word() + " " + words.count(standing.fixes(), credit.one(), credit.many()) + " in "
                        + (standing.owner() ? "it" : where) + ", the last " + on(last, words);
        if (!standing.owner()) {
            return fixed.substring(0, 1).toUpperCase(Locale.ROOT) + fixed.substring(1) + ".";
        }
        return "Owns " + where + (fixed.isEmpty() ? "; nothing " + credit.word() + " in it yet." : "; " + fixed + ".");
    }

    private static String on(Instant last, Words words) {
        return words.day(last).equals("Today") ? "today" : "on " + words.date(last);
    }
}
