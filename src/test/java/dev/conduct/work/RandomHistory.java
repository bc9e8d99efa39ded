package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.support.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// People who do this and that, able and unable, through the door; the same seed does the same.
final class RandomHistory {

    private static final List<String> WORDS = List.of(
            "the editor", "loses", "<b>lines</b>", "naïve", "日本語", "'; drop table", "👩‍👩‍👧", "\\0", "& more");
    private static final List<String> COMMITS = List.of("a1b2c3d4e5f6", "0123456789ab");

    private final Items items;
    private final Remarks remarks;
    private final Cast cast;
    private final TestClock clock;
    private final RandomGenerator random;
    private final List<Actor> people;
    private final List<String> keys = new ArrayList<>();
    private final List<List<HistoricAct>> told = new ArrayList<>();
    private final Instant past;
    int refused;

    RandomHistory(Items items, Remarks remarks, Cast cast, TestClock clock, long seed) {
        this.items = items;
        this.remarks = remarks;
        this.cast = cast;
        this.clock = clock;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.people = List.of(cast.sam, cast.paula, cast.quinn, cast.tom, cast.lea, cast.ruth, cast.carla, cast.ana);
        this.past = clock.instant().minus(Duration.ofDays(300));
    }

    void happen(int acts) {
        keys.add(cast.approved(COMMITS.getFirst()).key());
        keys.add(cast.inReview(COMMITS.getLast()).key());
        for (var i = 0; i < acts; i++) {
            try {
                act();
            } catch (Problem refusal) {
                refused++;
            }
            if (random.nextInt(4) == 0) {
                clock.advance(Duration.ofMinutes(random.nextInt(600)));
            }
        }
    }

    private void act() {
        switch (random.nextInt(12)) {
            case 0 ->
                keys.add(cast.reported(words(), Map.of("severity", severity())).key());
            case 1, 2, 3, 4 -> move();
            case 5, 6 -> edit();
            case 7 -> items.comment(any(keys), words(), null, any(people));
            case 8 ->
                items.link(
                        any(keys),
                        any(List.of("duplicates", "blocks", "causes", "fixes")),
                        any(keys),
                        null,
                        any(people));
            case 9 -> attest();
            case 10 -> remarks.watch(any(keys), random.nextBoolean(), any(people));
            default -> importHistory();
        }
    }

    /// Mostly a way that leads on from here, by somebody who may.
    private void move() {
        var key = any(keys);
        var item = items.findVisible(key, cast.ana);
        var ways = items.verdicts(key, cast.ana);
        if (ways.isEmpty()) {
            return;
        }
        var way = random.nextInt(10) == 0 ? "deploy" : any(ways).transition().name();
        var able = people.stream()
                .filter(person -> ways.stream()
                        .anyMatch(it -> it.transition().name().equals(way)
                                && person.hasAny(it.transition().roles())))
                .toList();
        var who = able.isEmpty() || random.nextInt(8) == 0 ? any(people) : any(able);
        var fields = new java.util.HashMap<String, Object>();
        switch (way) {
            case "log" ->
                fields.putAll(
                        Map.of("kind", "functional", "component", "editor", "expected", words(), "actual", words()));
            case "assess" -> fields.putAll(Map.of("impact", words()));
            case "triage" -> fields.put("priority", severity());
            case "submit_fix" -> fields.putAll(Map.of("fix_commit", any(COMMITS), "root_cause", words()));
            case "reject" -> fields.put("reason", any(List.of("rejected", "cannot_reproduce", "duplicate")));
            case "close" -> fields.put("lessons", words());
            default -> {}
        }
        items.move(
                new Items.Move(
                        key,
                        way,
                        fields,
                        way.equals("assign") ? any(List.of(cast.tom.id(), cast.lea.id())) : null,
                        random.nextInt(3) == 0 ? words() : null,
                        random.nextInt(6) == 0 ? item.version() + random.nextInt(2) : null,
                        null),
                who);
    }

    private void edit() {
        var fields = new java.util.HashMap<String, Object>();
        if (random.nextBoolean()) {
            fields.put("severity", severity());
        }
        if (random.nextBoolean()) {
            fields.put(any(List.of("steps", "impact", "expected")), random.nextInt(4) == 0 ? "" : words());
        }
        items.edit(
                new Items.Edit(
                        any(keys),
                        random.nextBoolean() ? words() : null,
                        random.nextBoolean() ? words() + "\n\n" + words() : null,
                        fields,
                        random.nextInt(3) == 0 ? any(List.of("", cast.tom.id(), cast.lea.id())) : null,
                        null,
                        null),
                any(people));
    }

    private void attest() {
        var kind = any(List.of("local_test", "review", "staging_test", "regression", "deployment", "watch"));
        cast.attest(items.findVisible(any(keys), cast.ana), kind, any(COMMITS), any(people));
    }

    /// A new one, or one that has gone on elsewhere since it came in.
    private void importHistory() {
        var again = !told.isEmpty() && random.nextBoolean();
        var number = again ? random.nextInt(told.size()) : told.size();
        if (!again) {
            told.add(new ArrayList<>());
        }
        var acts = told.get(number);
        for (var more = random.nextInt(6); more > 0; more--) {
            acts.add(elsewhere("a" + acts.size(), past.plus(Duration.ofHours(acts.size() * 7L + 1))));
        }
        var results = items.history(
                List.of(new HistoricItem(
                        "jira",
                        "X-" + number,
                        cast.product,
                        "bug",
                        "Elsewhere " + number,
                        "",
                        Map.of("severity", "low"),
                        null,
                        cast.sam.id(),
                        past,
                        null,
                        "Open",
                        List.copyOf(acts))),
                cast.importer());
        var key = results.getFirst().key();
        if (key != null && !keys.contains(key)) {
            keys.add(key);
        }
    }

    private HistoricAct elsewhere(String id, Instant at) {
        var actor = any(people).id();
        return switch (random.nextInt(6)) {
            case 0, 1 ->
                new HistoricAct.StateChange(
                        id,
                        at,
                        actor,
                        any(List.of("logged", "in_fix", "resolved", "closed", "logged")),
                        "Other",
                        Map.of());
            case 2 ->
                new HistoricAct.FieldChange(
                        id, at, actor, words(), null, Map.of("severity", severity()), List.of("steps"));
            case 3 -> new HistoricAct.Assignment(id, at, actor, random.nextBoolean() ? cast.tom.id() : null);
            case 4 -> new HistoricAct.Link(id, at, actor, "blocks", "X-" + random.nextInt(told.size() + 1));
            default -> new HistoricAct.Comment(id, at, actor, words());
        };
    }

    private String severity() {
        return any(List.of("critical", "high", "medium", "low"));
    }

    private String words() {
        return any(WORDS) + " " + any(WORDS) + " " + random.nextInt(100);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
