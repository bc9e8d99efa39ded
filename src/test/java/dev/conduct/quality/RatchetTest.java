package dev.conduct.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.procedure.Case;
import dev.conduct.support.ConductTest;
import dev.conduct.support.Evidence;
import dev.conduct.support.Staff;
import dev.conduct.support.TestClock;
import dev.conduct.work.FactSource;
import dev.conduct.work.Products;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Findings are counted down on the main branch and never up, and what is new holds the gate.
@ConductTest
class RatchetTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Actor ANA = new Actor("system:test", "Ana", Set.of("administrator"), "api");

    private final Products products;
    private final Intake intake;
    private final Ratchets ratchets;
    private final StandardsRows standards;
    private final ComponentPaths paths;
    private final List<FactSource> sources;
    private final TestClock clock;
    private final Actor tom;
    private String product = "";
    private int commit = 0x1000000;

    RatchetTest(
            Products products,
            People people,
            Intake intake,
            Ratchets ratchets,
            StandardsRows standards,
            ComponentPaths paths,
            List<FactSource> sources,
            TestClock clock) {
        this.products = products;
        this.intake = intake;
        this.ratchets = ratchets;
        this.standards = standards;
        this.paths = paths;
        this.sources = sources;
        this.clock = clock;
        var person = people.known("ratchets", "Tom", "Tom");
        Staff.hire(people, person.id());
        tom = new Actor(person.id(), "Tom", Set.of("developer"), "page");
    }

    @BeforeEach
    void a_product_of_its_own() {
        product = "RA" + COUNT.incrementAndGet();
        products.create(product, "Ratchet", ANA);
    }

    @Test
    void what_the_main_branch_had_passes_and_what_comes_besides_does_not() {
        assertThat(clean(send("main", "a", "b", "b"))).isTrue();

        assertThat(clean(send("topic", "b", "b", "a"))).isTrue();
        assertThat(clean(send("topic", "a", "b", "b", "b"))).isFalse();
        assertThat(clean(send("topic", "a", "c"))).isFalse();
        assertThat(clean(send("topic"))).isTrue();
    }

    @Test
    void once_lower_it_stays_lower_and_what_slipped_in_stays_new() {
        send("main", "a", "b", "b");
        send("main", "a");

        assertThat(clean(send("topic", "a", "b"))).isFalse();
        assertThat(clean(send("main", "a", "b"))).isFalse();
        assertThat(clean(send("topic", "a", "b"))).isFalse();
        assertThat(ratchets.of(product)).singleElement().satisfies(one -> {
            assertThat(one.first()).isEqualTo(3);
            assertThat(one.left()).isEqualTo(1);
            assertThat(one.seen()).isEqualTo(2);
            assertThat(one.above()).isEqualTo(1);
        });
    }

    @Test
    void a_branch_lowers_nothing_and_another_tool_has_a_ratchet_of_its_own() {
        send("main", "a");
        send("topic");

        assertThat(clean(send("topic", "a"))).isTrue();
        take("main", sarif("Lint", "x"));
        assertThat(ratchets.of(product)).extracting(Ratchets.Ratchet::tools).containsExactly("Checkstyle", "Lint");
    }

    @Test
    void duplication_cycles_and_coupling_are_told_of_each_component() {
        products.createComponent(new Products.ProductComponent(product, "Cart", true, List.of()), ANA);
        paths.say(product, "Cart", "shop/Cart.java\nshop/cart", ANA);

        for (var file : List.of("cpd.xml", "jdepend.xml", "spotbugs.xml")) {
            take("main", fixture(file));
        }

        assertThat(standards.components(product))
                .filteredOn(one -> one.name().equals("Cart"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.findings()).isEqualTo(3);
                    assertThat(one.duplicated()).isEqualTo(14);
                    assertThat(one.cycles()).isEqualTo(1);
                    assertThat(one.leans()).isEqualTo(4.0);
                    assertThat(one.before()).isNull();
                });
        take("main", "<pmd-cpd/>");
        assertThat(standards.components(product))
                .filteredOn(one -> one.name().equals("Cart"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.before()).isEqualTo(3);
                    assertThat(one.findings()).isEqualTo(2);
                });
        assertThat(standards.over(product, "Cart", 10))
                .extracting(
                        StandardsRows.Measured::findings,
                        StandardsRows.Measured::duplicated,
                        StandardsRows.Measured::cycles,
                        StandardsRows.Measured::leans)
                .containsExactly(
                        tuple(null, 0L, null, null),
                        tuple(1L, null, null, null),
                        tuple(null, null, 1L, 4.0),
                        tuple(null, 14L, null, null));
        assertThat(standards.over(product, "Elsewhere", 2))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.leans()).isNull());
    }

    private static String fixture(String file) {
        try {
            return java.nio.file.Files.readString(java.nio.file.Path.of("src/test/resources/quality", file));
        } catch (java.io.IOException missing) {
            throw new AssertionError(missing);
        }
    }

    @Test
    void a_person_lets_a_new_finding_stay_and_says_why() {
        send("main", "a");
        var hash = send("main", "a", "c");
        assertThat(fact(hash).source()).endsWith("One new finding");
        var fresh = standards.fresh(product, null, 10).getFirst();

        assertThatThrownBy(() -> ratchets.accept(product, fresh.report(), fresh.place(), " ", tom))
                .hasMessageContaining("reason");
        ratchets.accept(product, fresh.report(), fresh.place(), "Made by a generator.", tom);

        assertThat(clean(hash)).isTrue();
        assertThat(clean(send("topic", "a", "c"))).isTrue();
        assertThat(standards.fresh(product, null, 10)).isEmpty();
        assertThatThrownBy(() -> ratchets.accept(product, fresh.report(), fresh.place(), "Again", tom))
                .hasMessageContaining("not found");
    }

    private String send(String branch, String... rules) {
        return take(
                branch,
                "<checkstyle version='10'><file name='src/Cart.java'>"
                        + Arrays.stream(rules)
                                .map(rule -> "<error line='%d' severity='warning' message='m' source='x.%s'/>"
                                        .formatted(commit % 1000, rule))
                                .collect(Collectors.joining())
                        + "</file></checkstyle>");
    }

    private static String sarif(String tool, String rule) {
        return """
                {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"%s"}},
                "results":[{"ruleId":"%s","message":{"text":"m"}}]}]}""".formatted(tool, rule);
    }

    private String take(String branch, String report) {
        clock.advance(Duration.ofSeconds(1));
        var hash = Integer.toHexString(commit++);
        intake.take(
                Binding.of(product, hash, branch, "", ""),
                new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8)),
                ANA);
        return hash;
    }

    private boolean clean(String hash) {
        return fact(hash).passed();
    }

    private Case.Fact fact(String hash) {
        var question = new FactSource.Question("", product, "", hash, clock.instant(), Evidence.TOLD);
        return sources.stream()
                .flatMap(source -> source.facts(question).stream())
                .filter(fact -> fact.kind().equals("scan"))
                .findFirst()
                .orElseThrow();
    }
}
