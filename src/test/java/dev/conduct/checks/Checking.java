package dev.conduct.checks;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.Case;
import dev.conduct.support.Evidence;
import dev.conduct.support.TestClock;
import dev.conduct.work.FactSource;
import dev.conduct.work.Products;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A product of its own with a shop to be checked, and what tests ask of both.
final class Checking implements AutoCloseable {

    static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");
    static final Actor QA = new Actor("person:00000000-0000-7000-8000-0000000000c1", "Quinn", Set.of("qa"), "page");
    static final String COMMIT = "abc1234def567890abc1234def567890abc12345";

    private static final AtomicInteger COUNT = new AtomicInteger();

    final Checks checks;
    final CheckRuns runs;
    final CheckWork work;
    final CheckSecrets secrets;
    final JdbcClient database;
    final TestClock clock;
    final Shop shop = new Shop();
    final String product = "CK" + COUNT.incrementAndGet();
    final CheckFacts facts;

    Checking(ApplicationContext context) {
        this.checks = context.getBean(Checks.class);
        this.runs = context.getBean(CheckRuns.class);
        this.work = context.getBean(CheckWork.class);
        this.secrets = context.getBean(CheckSecrets.class);
        this.database = context.getBean(JdbcClient.class);
        this.clock = context.getBean(TestClock.class);
        this.facts = context.getBean(CheckFacts.class);
        context.getBean(Products.class).create(product, "Checked", ADMINISTRATOR);
    }

    @Override
    public void close() {
        shop.close();
    }

    String orders() {
        return """
                title: Orders are there
                environment: staging
                every: 15 min
                mocked: [payments]
                values:
                  shop: %s
                build:
                  http: GET ${shop}/version
                  commit: /commit
                  number: /build
                steps:
                  - name: Sign in
                    http: POST ${shop}/login
                    json: {user: probe, password: "${secret.PROBE}"}
                    expect: {status: 200, json: {/token: present, /error: absent}}
                    keep: {token: /token}
                  - name: List
                    http: GET ${shop}/orders
                    headers: {Authorization: "Bearer ${token}"}
                    expect:
                      within: 5 s
                      headers: {Content-Type: json}
                      json: {/user/name: probe, /orders/0/id: 1}
                      contains: orders
                      schema:
                        type: object
                        required: [orders]
                        properties:
                          orders: {type: array, items: {type: object, required: [id, total]}}
                  - name: Without credentials
                    http: GET ${shop}/orders
                    expect: {status: 401}
                """.formatted(shop.address());
    }

    String flow(String steps) {
        return "title: Flow\nenvironment: staging\nvalues:\n  shop: " + shop.address() + "\nsteps:\n" + steps;
    }

    CheckRun done(String name) {
        clock.advance(Duration.ofSeconds(1));
        var run = runs.ask(product, name, QA);
        work.workOff();
        return runs.whole(checks.find(product, name, QA), run.id());
    }

    List<Case.Fact> fact(String commit) {
        return facts.facts(
                new FactSource.Question(product + "-1", product, "", commit, clock.instant(), Evidence.TOLD));
    }

    List<String> states(String name) {
        return runs.page(checks.find(product, name, QA), "", 50).items().stream()
                .map(CheckRun::state)
                .toList();
    }

    long events(String name, String action) {
        return database.sql("select count(*) from ledger.event where object = :object and action = :action")
                .param("object", "check:" + checks.find(product, name, QA).id())
                .param("action", action)
                .query(Long.class)
                .single();
    }

    /// All that the module stores in the clear, and all entries of the ledger.
    String kept() {
        return database.sql("""
                        select coalesce(string_agg(part, ' '), '') from (
                            select row(d.*)::text from checks.definition d union all
                            select row(r.*)::text from checks.run r union all
                            select row(t.*)::text from checks.text t union all
                            select row(s.*)::text from checks.step s union all
                            select row(v.*)::text from checks.secret v union all
                            select convert_from(entry, 'UTF8') from ledger.event) as parts(part)
                        """).query(String.class).single();
    }
}
