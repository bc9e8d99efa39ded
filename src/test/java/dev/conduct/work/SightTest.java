package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.database.Readers;
import dev.conduct.identity.Actor;
import dev.conduct.identity.Grants;
import dev.conduct.identity.Organisations;
import dev.conduct.identity.People;
import dev.conduct.identity.Teams;
import dev.conduct.kernel.Problem;
import dev.conduct.support.ConductTest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Who sees which items, and with which authority: by roles for a product, by teams, by lists of readers, from outside.
@ConductTest
class SightTest {

    private final Items items;
    private final ItemLists lists;
    private final Products products;
    private final People people;
    private final Grants grants;
    private final Teams teams;
    private final Organisations organisations;
    private final Visibility visibility;
    private final SearchRows search;
    private final Standings standings;
    private final AlikeRows alike;
    private final LineCounts counts;
    private final RemarkRows remarks;
    private final MyWorkRows mine;
    private final SavedViews views;
    private final Readers readers;
    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Cast cast;
    private final String other;

    SightTest(
            Items items,
            ItemLists lists,
            Products products,
            People people,
            Grants grants,
            Teams teams,
            Organisations organisations,
            Visibility visibility,
            SearchRows search,
            Standings standings,
            AlikeRows alike,
            LineCounts counts,
            RemarkRows remarks,
            MyWorkRows mine,
            SavedViews views,
            Readers readers,
            JdbcClient database,
            TransactionTemplate transaction) {
        this.database = database;
        this.transaction = transaction;
        this.items = items;
        this.lists = lists;
        this.products = products;
        this.people = people;
        this.grants = grants;
        this.teams = teams;
        this.organisations = organisations;
        this.visibility = visibility;
        this.search = search;
        this.standings = standings;
        this.alike = alike;
        this.counts = counts;
        this.remarks = remarks;
        this.mine = mine;
        this.views = views;
        this.readers = readers;
        this.cast = new Cast(items, products, people);
        this.other = new Cast(items, products, people).product;
    }

    @Test
    void who_holds_a_role_for_a_product_sees_it_and_what_is_open_to_everybody_inside() {
        var key = cast.reported().key();
        var member = holding("developer", cast.product);
        var stranger = holding("developer", other);

        assertThat(visibility.sees(member, key)).isTrue();
        assertThat(visibility.sees(stranger, key)).isTrue();
        products.show(cast.product, true, cast.paula);
        assertThat(visibility.sees(member, key)).isTrue();
        assertThat(visibility.sees(stranger, key)).isFalse();
        assertThat(visibility.sees(cast.quinn, key)).as("company-wide").isTrue();

        assertThatThrownBy(() -> items.findVisible(key, stranger)).isInstanceOf(Problem.class);
        assertThat(products.visible(stranger))
                .extracting(Products.Product::key)
                .contains(other)
                .doesNotContain(cast.product);
        assertThatThrownBy(() -> items.report(
                        new Items.Report("bug", cast.product, "Not mine", "", Map.of("severity", "low"), null, null),
                        stranger))
                .hasMessageContaining("no product");
        assertThatThrownBy(() -> lists.count("product:" + cast.product, stranger))
                .as("its name is none")
                .isInstanceOf(Problem.class);
    }

    @Test
    void a_role_for_a_product_gives_authority_there_and_nowhere_else() {
        var here = cast.reported();
        var support = holding("support", cast.product);
        var elsewhere = holding("support", other);
        Object[] log = {"kind", "functional", "component", "editor", "expected", "All", "actual", "One less"};

        assertThatThrownBy(() -> cast.move(here, "log", elsewhere, log))
                .isInstanceOfSatisfying(
                        GateClosed.class, closed -> assertThat(closed.status()).isEqualTo(403));
        assertThat(cast.move(here, "log", support, log).state()).isEqualTo("logged");
        assertThat(mine.concerning(type(), Set.of("reported"), "", support)).isNotNull();
    }

    @Test
    void a_team_gives_its_roles_to_whoever_is_in_it_and_only_while_they_are() {
        var team = teams.create("Crew " + UUID.randomUUID(), cast.ana);
        var person = holding("developer", other);
        var key = cast.reported().key();
        products.show(cast.product, true, cast.paula);
        teams.role(team.id(), "qa", cast.product, true, cast.ana);

        teams.member(team.id(), person.id(), true, cast.ana);
        assertThat(visibility.sees(now(person), key)).isTrue();
        assertThat(now(person).on(cast.product).roles()).contains("qa");
        teams.member(team.id(), person.id(), false, cast.ana);
        assertThat(visibility.sees(now(person), key)).isFalse();
        assertThatThrownBy(() -> teams.role(team.id(), "administrator", null, true, cast.ana))
                .isInstanceOf(Problem.class);
    }

    @Test
    void a_view_shown_to_a_team_is_for_whoever_is_in_it_and_only_while_they_are() {
        var title = "Crew " + UUID.randomUUID();
        var team = teams.create(title, cast.ana);
        var one = holding("developer", other);
        var second = holding("developer", other);
        List.of(one, second).forEach(person -> teams.member(team.id(), person.id(), true, cast.ana));
        var wanted = new SavedViews.Wanted("bug", title, "is:open", team.reader());

        views.keep(wanted, now(one));

        assertThat(views.of("bug", now(second))).anyMatch(it -> it.title().equals(title));
        assertThat(views.of("bug", cast.tom)).noneMatch(it -> it.title().equals(title));
        assertThatThrownBy(() -> views.keep(wanted, cast.tom)).isInstanceOf(Problem.class);
        teams.member(team.id(), second.id(), false, cast.ana);
        assertThat(views.of("bug", now(second))).noneMatch(it -> it.title().equals(title));
    }

    @Test
    void a_security_bug_is_seen_by_those_named_its_assignee_and_its_reporter_alone() {
        var title = "Anybody reads " + UUID.randomUUID();
        var bug = items.report(
                new Items.Report(
                        "bug",
                        cast.product,
                        title,
                        "",
                        Map.of("severity", "high", "security", "suspected"),
                        null,
                        null),
                cast.sam);
        var key = bug.key();
        var compliance = cast.as("Cora", "compliance");

        assertThat(bug.readers()).containsExactly("role:compliance", "role:lead_developer");
        for (var sees : List.of(cast.sam, cast.lea, compliance)) {
            assertThat(seen(key, title, sees)).as(sees.name()).containsOnly(true);
        }
        for (var blind : List.of(cast.tom, cast.quinn, cast.ana, cast.carla)) {
            assertThat(seen(key, title, blind)).as(blind.name()).containsOnly(false);
        }
        items.edit(new Items.Edit(key, null, null, Map.of(), cast.tom.id(), null, null), cast.lea);
        assertThat(visibility.sees(cast.tom, key)).as("assignee").isTrue();
    }

    /// Whether it is found in each of the ways things are found.
    private Set<Boolean> seen(String key, String title, Actor actor) {
        var query = "product:" + cast.product + " is:open \"" + title.substring(0, 13) + "\"";
        return new HashSet<>(List.of(
                visibility.sees(actor, key),
                visibility.among(List.of(key), actor).contains(key),
                lists.page("product:" + cast.product, 200, null, actor).items().stream()
                        .anyMatch(item -> item.key().equals(key)),
                lists.count(query, actor) == 1,
                search.titled(List.of(title), 5, Sight.of(actor)).contains(key),
                standings.titles(List.of(key), actor).containsKey(key),
                alike.find(new AlikeRows.Asked("bug", cast.product, title), actor).stream()
                        .anyMatch(row -> row.key().equals(key))));
    }

    @Test
    void counts_do_not_tell_of_what_one_may_not_see() {
        var before = counts.of("bug", cast.tom).all();
        var standing = standings.byState("bug", List.of("reported"), cast.tom);
        var security = Map.<String, Object>of("severity", "high", "security", "confirmed");

        items.report(new Items.Report("bug", cast.product, "Nobody knows", "", security, null, null), cast.lea);

        assertThat(counts.of("bug", cast.tom).all()).isEqualTo(before);
        assertThat(standings.byState("bug", List.of("reported"), cast.tom)).isEqualTo(standing);
        assertThat(lists.count("product:" + cast.product, cast.tom)).isZero();
        assertThat(lists.count("product:" + cast.product, cast.lea)).isOne();
    }

    @Test
    void who_is_named_is_changed_through_the_door_by_whoever_may() {
        var key = cast.reported().key();
        var team = teams.create("Response " + UUID.randomUUID(), cast.ana);
        var person = holding("developer", other);
        teams.member(team.id(), person.id(), true, cast.ana);

        assertThatThrownBy(() -> items.restrict(new Items.Restriction(key, List.of(), null), cast.tom))
                .isInstanceOf(GateClosed.class);
        items.restrict(new Items.Restriction(key, List.of("team:" + team.name(), cast.paula.id()), null), cast.paula);
        assertThat(visibility.sees(now(person), key)).isTrue();
        assertThat(visibility.sees(cast.tom, key)).isFalse();
        assertThat(visibility.sees(cast.carla, key))
                .as("not even its reporter, outside")
                .isFalse();
        assertThatThrownBy(() -> items.restrict(new Items.Restriction(key, List.of("team:none"), null), cast.paula))
                .isInstanceOf(Problem.class);

        items.restrict(new Items.Restriction(key, null, null), cast.paula);
        assertThat(visibility.sees(cast.tom, key)).isTrue();
        assertThat(visibility.sees(cast.carla, key)).isTrue();
    }

    @Test
    void an_act_may_take_an_item_out_of_the_sight_of_whoever_does_it() {
        var key = cast.reported().key();

        readers.is(reading(cast.paula));
        try {
            items.restrict(new Items.Restriction(key, List.of(), null), cast.paula);
        } finally {
            readers.end();
        }

        assertThat(visibility.sees(cast.paula, key)).isFalse();
        assertThat(visibility.sees(cast.lea, key)).isTrue();
    }

    @Test
    void names_and_views_of_a_product_are_for_those_who_may_see_it() {
        var name = "Vault " + UUID.randomUUID();
        var shared = "product:" + cast.product;
        products.ensureComponent(cast.product, name, cast.paula.by("import"));
        products.show(cast.product, true, cast.paula);
        var stranger = holding("developer", other);
        var member = holding("developer", cast.product);
        views.keep(new SavedViews.Wanted("bug", name, "is:open", shared), cast.paula);

        assertThat(products.componentNames(member)).contains(name);
        assertThat(products.componentNames(stranger)).doesNotContain(name);
        assertThat(products.componentsNamed(name.toLowerCase(java.util.Locale.ROOT), 9, member))
                .hasSize(1);
        assertThat(products.componentsNamed(name.toLowerCase(java.util.Locale.ROOT), 9, stranger))
                .isEmpty();
        assertThat(views.of("bug", member)).anyMatch(view -> view.title().equals(name));
        assertThat(views.of("bug", stranger)).noneMatch(view -> view.title().equals(name));
        var id = views.of("bug", cast.paula).getFirst().id();
        views.begin("bug", id, member);
        assertThatThrownBy(() -> views.begin("bug", id, stranger)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> views.keep(new SavedViews.Wanted("bug", "Not theirs", "is:open", shared), stranger))
                .isInstanceOf(Problem.class);
    }

    /// Where an index by the beginning of a commit, or by a list of tools, would be lost.
    private static final Set<String> FOUND_BY_ID = Set.of("quality.run", "quality.report");

    @Test
    void every_table_that_names_a_product_asks_who_reads() {
        assertThat(database.sql("""
                                select c.oid::regclass::text from pg_class c
                                  join pg_namespace n on n.oid = c.relnamespace
                                  join pg_attribute a on a.attrelid = c.oid and a.attname = 'product' and not a.attisdropped
                                 where n.nspname in ('quality', 'testing', 'checks', 'acceptance', 'standards', 'mocks', 'source')
                                   and c.relkind = 'r' and not c.relrowsecurity
                                """).query(String.class).list()).isSubsetOf(FOUND_BY_ID);
    }

    /// What PostgreSQL does not know to give nothing away it asks after the policy, and uses for no index.
    @Test
    void below_a_policy_an_index_may_find_rows_by_the_column_of_their_commit() {
        transaction.executeWithoutResult(open -> {
            readers.is(new Readers.Reader("products", "person:a", "", "{}", "{" + cast.product + "}"));
            try {
                for (var table : List.of("testing.test_run", "quality.change_count", "checks.run")) {
                    assertThat(asked(table, "short")).as(table).isEqualTo("before");
                    assertThat(asked(table, "left(commit, 7)")).as(table).isEqualTo("after");
                }
            } finally {
                readers.end();
            }
        });
    }

    /// Whether it is asked `before` the policy or `after`.
    private String asked(String table, String found) {
        var plan = String.join(
                "\n",
                database.sql("""
                        explain select found.id
                          from unnest(array['abc1234f']) a(wanted)
                          cross join lateral (select id from %s where %s = left(a.wanted, 7) limit 1) found
                        """.formatted(table, found))
                        .query((row, number) -> row.getString(1))
                        .list());
        return plan.indexOf("\"left\"(a.wanted, 7)") < plan.indexOf("CASE current_setting") ? "before" : "after";
    }

    @Test
    void what_is_told_of_a_product_is_read_by_whoever_may_see_it_and_a_client_reads_what_they_were_asked() {
        products.show(cast.product, true, cast.paula);
        var told = Map.of(
                "testing.plan",
                "(id, product, title, version, changed_by, changed_at) values (gen_random_uuid(), :product, 'P', 1, 'x', now())",
                "testing.node",
                "(id, product, name, kind) values (gen_random_uuid(), :product, 'N', 'service')",
                "standards.standard",
                "(id, product, proposed) values (gen_random_uuid(), :product, 1)",
                "checks.secret",
                "(id, product, name, host, value, written_at, written_by)"
                        + " values (gen_random_uuid(), :product, 'S', 'h', '', now(), 'x')",
                "mocks.mock",
                "(id, product, name, external, external_name, token, changed_at, changed_by)"
                        + " values (gen_random_uuid(), :product, 'm', gen_random_uuid(), 'E', left(md5(:product), 22), now(), 'x')",
                "quality.test_link",
                "(product, test, item, suite, name, linked_by, linked_at) values (:product, gen_random_uuid(), 'X-1', 's', 'n', 'x', now())",
                "source.repository",
                "(id, product, name, host, url, secret, created_at) values (gen_random_uuid(), :product, 'r', 'git', '', '', now())",
                "quality.component_path",
                "(product, component, pattern) values (:product, 'c', 'p')",
                "acceptance.session",
                "(id, product, title, commit, build, environment, criteria, signs, opened_by, opened_at)"
                        + " values (gen_random_uuid(), :product, 'A', 'abc1234', 'b', '', 'c', repeat('0', 64), 'x', now())");
        told.forEach((table, values) -> rows("insert into " + table + " " + values));
        rows("insert into testing.test_run (id, product, plan, title, commit, build, environment, mocked, started_by,"
                + " started_at) select gen_random_uuid(), :product, id, 'R', 'abc1234', '', '', '{}', 'x', now()"
                + " from testing.plan where product = :product");
        rows("insert into acceptance.invitation (session, person, invited_at)"
                + " select id, 'person:asked', now() from acceptance.session where product = :product");
        try {
            Stream.concat(told.keySet().stream(), Stream.of("testing.test_run")).forEach(table -> {
                assertThat(read(table, "company", "person:a", "{}")).as(table).isOne();
                assertThat(read(table, "products", "person:a", "{" + cast.product + "}"))
                        .as(table)
                        .isOne();
                assertThat(read(table, "products", "person:a", "{" + other + "}"))
                        .as(table)
                        .isZero();
                assertThat(read(table, "outside", "person:a", "{}")).as(table).isZero();
                assertThat(read(table, "nobody", "", "{}")).as(table).isZero();
            });
            transaction.executeWithoutResult(oneConnection -> {
                assertThat(read("acceptance.session", "outside", "person:asked", "{}"))
                        .isOne();
                assertThat(invitations("outside", "person:asked")).isOne();
                assertThat(read("acceptance.session", "nobody", "", "{}"))
                        .as("the former reader is forgotten")
                        .isZero();
                assertThat(invitations("nobody", "")).isZero();
                assertThat(invitations("company", "person:a")).isOne();
            });
        } finally {
            rows(
                    "delete from acceptance.invitation where session in (select id from acceptance.session where product = :product)");
            rows("delete from testing.test_run where product = :product");
            told.keySet().forEach(table -> rows("delete from " + table + " where product = :product"));
        }
    }

    @Test
    void every_statement_that_reads_a_table_with_a_policy_says_first_who_reads() {
        var tables = database.sql("select distinct schemaname || '.' || tablename from pg_policies")
                .query(String.class)
                .list();

        assertThat(tables).contains("work.item", "source.link", "testing.run_defect");
        transaction.executeWithoutResult(open -> tables.forEach(table -> {
            read("work.item", "company", "person:a", "{}");
            readers.begin();
            try {
                assertThat(database.sql("select current_setting('conduct.reach') from (values (1)) one left join"
                                        + " (select from " + table + " limit 1) rows on false")
                                .query(String.class)
                                .single())
                        .as(table)
                        .isEqualTo("nobody");
            } finally {
                readers.end();
            }
        }));
    }

    private void rows(String sql) {
        database.sql(sql).param("product", cast.product).update();
    }

    private long invitations(String reach, String actor) {
        readers.is(new Readers.Reader(reach, actor, "", "{}", "{}"));
        try {
            return database.sql("select count(*) from acceptance.invitation where person = 'person:asked'")
                    .query(Long.class)
                    .single();
        } finally {
            readers.end();
        }
    }

    private long read(String table, String reach, String actor, String of) {
        readers.is(new Readers.Reader(reach, actor, "", "{}", of));
        try {
            return database.sql("select count(*) from " + table + " where product = :product")
                    .param("product", cast.product)
                    .query(Long.class)
                    .single();
        } finally {
            readers.end();
        }
    }

    /// As a request of somebody inside the company says it.
    private static Readers.Reader reading(Actor actor) {
        return new Readers.Reader(
                "company",
                actor.id(),
                "",
                actor.names().stream().collect(java.util.stream.Collectors.joining("\",\"", "{\"", "\"}")),
                "{}");
    }

    @Test
    void a_link_to_what_one_may_not_see_is_not_shown() {
        var key = cast.reported().key();
        var hidden = cast.reported().key();
        items.link(key, "causes", hidden, null, cast.paula);
        items.restrict(new Items.Restriction(hidden, List.of(), null), cast.paula);

        assertThat(remarks.links(key, Sight.of(cast.tom))).isEmpty();
        assertThat(remarks.links(key, Sight.of(cast.lea))).hasSize(1);
    }

    @Test
    void customers_see_what_their_organisation_reported_and_nobody_elses() {
        var mill = organisations.create("Mill " + UUID.randomUUID(), cast.ana);
        var quay = organisations.create("Quay " + UUID.randomUUID(), cast.ana);
        var one = customer(mill.id());
        var colleague = customer(mill.id());
        var rival = customer(quay.id());

        var key = items.report(
                        new Items.Report("bug", cast.product, "It is slow", "", Map.of("severity", "low"), null, null),
                        one)
                .key();

        assertThat(visibility.sees(colleague, key)).isTrue();
        assertThat(visibility.sees(rival, key)).isFalse();
        organisations.assign(colleague.id(), quay.name(), cast.ana);
        assertThat(visibility.sees(now(colleague), key)).as("who left").isFalse();
        organisations.assign(one.id(), quay.id(), cast.ana);
        assertThat(visibility.sees(rival, key))
                .as("it stays with whom it was reported for")
                .isFalse();
    }

    private dev.conduct.procedure.ItemType type() {
        return items.standing(cast.reported().key(), cast.ana).type();
    }

    private Actor holding(String role, String product) {
        var person = cast.as("Kim " + UUID.randomUUID());
        grants.grant(person.id(), new Grants.Grant(role, product), cast.ana);
        return now(person);
    }

    private Actor customer(String organisation) {
        var person = cast.as("Cust " + UUID.randomUUID());
        grants.grant(person.id(), new Grants.Grant("customer", null), cast.ana);
        organisations.assign(person.id(), organisation, cast.ana);
        return now(person);
    }

    private Actor now(Actor person) {
        return people.actor(person.id(), "page");
    }
}
