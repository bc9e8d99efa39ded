package dev.conduct.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ConductTest(properties = "test.alone=AdoptionTest")
class AdoptionTest {

    private static final String ADA = Bug.person(7);
    private static final String CLEO = Bug.person(8);

    private final Procedures procedures;
    private final Ledger ledger;
    private final TestClock clock;
    private final JdbcClient jdbc;

    AdoptionTest(Procedures procedures, Ledger ledger, TestClock clock, JdbcClient jdbc) {
        this.procedures = procedures;
        this.ledger = ledger;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    private static PackFiles pack(String version, String file, String before, String after) {
        var files = new TreeMap<>(PackFiles.standard().files());
        replace(files, "pack.yaml", "version: \"2026.11\"", "version: \"" + version + "\"");
        replace(files, file, before, after);
        return new PackFiles(files);
    }

    private static void replace(TreeMap<String, byte[]> files, String file, String before, String after) {
        var text = new String(files.getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
        assertThat(text).contains(before);
        files.put(file, text.replace(before, after).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void an_installation_begins_with_the_pack_it_ships_with_and_the_ledger_says_so() {
        var first = procedures.at(clock.instant());

        assertThat(first.hash()).isEqualTo(PackFiles.standard().hash());
        assertThat(ledger.eventsOf("procedure:" + first.version()))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.action()).isEqualTo("procedure.adopt");
                    assertThat(event.data()).containsEntry("hash", first.hash());
                });
    }

    @Test
    void a_new_version_judges_from_its_effective_date_on() {
        var effective = clock.instant().plus(Duration.ofDays(7));

        procedures.adopt(
                pack("2027.1", "parameters.yaml", "value: 15 min", "value: 10 min"), effective, ADA, "api", CLEO);

        assertThat(procedures.at(effective.minusMillis(1)).version()).isEqualTo("2026.11");
        var later = procedures.at(effective);
        assertThat(later.version()).isEqualTo("2027.1");
        assertThat(later.approvedBy()).isEqualTo(CLEO);
        assertThat(procedures.at(Instant.parse("1999-01-01T00:00:00Z")).version())
                .isEqualTo("2026.11");
        assertThat(ledger.eventsOf("procedure:2027.1"))
                .singleElement()
                .satisfies(event -> assertThat(event.data()).containsEntry("approved_by", CLEO));
    }

    @Test
    void the_same_bytes_again_change_nothing_and_other_bytes_need_another_name() {
        var once = pack("2027.2", "parameters.yaml", "value: 15 min", "value: 12 min");
        var effective = clock.instant().plus(Duration.ofDays(30));
        var first = procedures.adopt(once, effective, ADA, "api", CLEO);

        assertThat(procedures.adopt(once, effective, CLEO, "api", ADA)).isEqualTo(first);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> procedures.adopt(
                        pack("2027.2", "parameters.yaml", "value: 15 min", "value: 11 min"),
                        effective,
                        ADA,
                        "api",
                        CLEO))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("version_taken"));
    }

    @Test
    void a_pack_with_mistakes_is_refused_naming_each_by_file_and_line() {
        var broken = pack("2027.3", "types/bug.yaml", "to: triaged", "to: triagd");

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> procedures.adopt(broken, null, ADA, "api", CLEO))
                .satisfies(problem -> {
                    assertThat(problem.status()).isEqualTo(400);
                    assertThat(problem.errors()).anySatisfy(error -> {
                        assertThat(error.field()).matches("types/bug\\.yaml:\\d+");
                        assertThat(error.says()).contains("write triaged");
                    });
                });
        assertThat(procedures.history()).noneMatch(it -> it.version().equals("2027.3"));
    }

    @Test
    void what_is_past_is_not_judged_anew() {
        var late = pack("2027.4", "parameters.yaml", "value: 15 min", "value: 9 min");

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> procedures.adopt(late, clock.instant().minus(Duration.ofDays(1)), ADA, "api", CLEO))
                .satisfies(problem ->
                        assertThat(problem.errors().getFirst().code()).isEqualTo("in_the_past"));
    }

    @Test
    void the_server_cannot_change_an_adopted_version() {
        assertThatThrownBy(() -> jdbc.sql("update procedure.version set approved_by = 'person:nobody'")
                        .update())
                .hasStackTraceContaining("permission denied");
        assertThatThrownBy(() -> jdbc.sql("delete from procedure.file").update())
                .hasStackTraceContaining("permission denied");
    }
}
