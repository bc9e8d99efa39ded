package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Membership;
import dev.conduct.identity.People;
import dev.conduct.support.Staff;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// The people of the tests, and a product of their own for each test class.
final class Cast {

    private static final AtomicInteger PRODUCTS = new AtomicInteger();

    final Actor ana;
    final Actor sam;
    final Actor paula;
    final Actor quinn;
    final Actor tom;
    final Actor lea;
    final Actor ruth;
    final Actor carla;
    final String product;

    private final People people;
    private final Items items;

    /// Ana administers, Sam supports, Paula manages the project, Quinn is QA, Tom and Lea develop (Lea leads), Ruth
    /// releases, Carla is a customer.
    Cast(Items items, Products products, People people) {
        this.items = items;
        this.people = people;
        ana = as("Ana", "administrator");
        sam = as("Sam", "support");
        paula = as("Paula", "project_manager");
        quinn = as("Quinn", "qa");
        tom = as("Tom", "developer");
        lea = as("Lea", "lead_developer");
        ruth = as("Ruth", "release_manager");
        carla = as("Carla", "customer");
        product = "W" + PRODUCTS.incrementAndGet();
        products.create(product, "Work " + product, ana);
        products.createComponent(
                new Products.ProductComponent(product, "editor", true, java.util.List.of(lea.id())), ana);
    }

    Actor as(String name, String... roles) {
        var person = people.known("cast", name, name);
        Staff.hire(people, person.id());
        return actor(person.id(), name, roles);
    }

    /// Who is a customer only stands outside.
    static Actor actor(String id, String name, String... roles) {
        var reach = Set.of(roles).equals(Set.of("customer")) ? Membership.Reach.OUTSIDE : Membership.Reach.COMPANY;
        return new Actor(
                id, name, Set.of(roles), "page", null, null, new Membership(Map.of(), Set.of(), null, reach), Map.of());
    }

    Actor importer() {
        return new Actor(ana.id(), ana.name(), ana.roles(), "import");
    }

    Item found(String key) {
        return items.findVisible(key, ana);
    }

    Item reported() {
        return reported("The editor loses the last line", Map.of("severity", "high"));
    }

    Item reported(String title, Map<String, Object> fields) {
        return items.report(new Items.Report("bug", product, title, "It just does.", fields, null, null), carla);
    }

    Item move(Item item, String transition, Actor actor, Object... fields) {
        return items.move(new Items.Move(item.key(), transition, map(fields), null, null, null, null), actor);
    }

    Item attest(Item item, String kind, String commit, Actor actor) {
        return items.attest(
                new Items.Attestation(item.key(), kind, verdict(kind), commit, "b1", null, null, null), actor);
    }

    private static String verdict(String kind) {
        return switch (kind) {
            case "review" -> "approved";
            case "deployment" -> "succeeded";
            case "watch" -> "clean";
            default -> "passed";
        };
    }

    Item logged() {
        return move(
                reported(),
                "log",
                sam,
                "kind",
                "functional",
                "component",
                "editor",
                "expected",
                "All lines",
                "actual",
                "One less");
    }

    Item triaged() {
        var bug = logged();
        move(bug, "assess", paula, "severity", "high");
        move(bug, "assess", quinn, "impact", "Everybody who writes");
        return move(bug, "triage", paula, "priority", "high");
    }

    Item inFix() {
        var bug = items.move(new Items.Move(triaged().key(), "assign", Map.of(), tom.id(), null, null, null), lea);
        return move(bug, "start_fix", tom);
    }

    Item inReview(String commit) {
        var bug = inFix();
        attest(bug, "local_test", commit, tom);
        return move(bug, "submit_fix", tom, "fix_commit", commit, "root_cause", "Off by one");
    }

    Item approved(String commit) {
        var bug = inReview(commit);
        attest(bug, "review", commit, lea);
        move(bug, "approve_review", lea);
        attest(bug, "staging_test", commit, quinn);
        attest(bug, "regression", commit, quinn);
        return move(bug, "pass_test", quinn);
    }

    static Map<String, Object> map(Object... pairs) {
        var map = new java.util.HashMap<String, Object>();
        for (var i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
