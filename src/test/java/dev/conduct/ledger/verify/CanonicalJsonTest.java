package dev.conduct.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CanonicalJsonTest {

    @Property(tries = 300)
    void writes_what_the_reference_implementation_of_rfc_8785_writes(@ForAll("entries") Map<String, Object> entry)
            throws Exception {
        var reference = new JsonCanonicalizer(JsonMapper.shared().writeValueAsString(entry)).getEncodedUTF8();

        assertThat(CanonicalJson.bytes(entry)).isEqualTo(reference);
    }

    @Property(tries = 300)
    void reads_back_what_it_wrote(@ForAll("entries") Map<String, Object> entry) {
        assertThat(CanonicalJson.read(CanonicalJson.bytes(entry))).isEqualTo(CanonicalJson.plain(entry));
    }

    @Test
    void times_have_three_decimals_and_z() {
        assertThat(text(Map.of("at", Instant.parse("2026-11-23T12:00:00Z"))))
                .isEqualTo("{\"at\":\"2026-11-23T12:00:00.000Z\"}");
    }

    @Test
    void whole_numbers_go_up_to_2_to_the_53() {
        assertThat(text(Map.of("n", 9007199254740991L))).isEqualTo("{\"n\":9007199254740991}");
        assertThatThrownBy(() -> CanonicalJson.bytes(Map.of("n", 9007199254740992L)))
                .hasMessageContaining("n is 9007199254740992");
    }

    @Test
    void what_an_entry_may_not_hold_is_named() {
        assertThatThrownBy(() -> CanonicalJson.bytes(Map.of("a", Map.of("b", List.of(1, 0.5)))))
                .hasMessageContaining("a.b[1] is the number 0.5");
        assertThatThrownBy(() -> CanonicalJson.bytes(Map.of("Key", 1))).hasMessageContaining("'Key'");
        assertThatThrownBy(() -> CanonicalJson.bytes(Map.of("text", "\ud800"))).hasMessageContaining("text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":1,\"a\":2}",
                "{\"a\": 1}",
                "{\"a\":1} ",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1.0}",
                "{\"a\":1e3}",
                "{\"a\":01}",
                "{\"a\":-0}",
                "{\"a\":\"\\u0041\"}",
                "{\"a\":\"\\/\"}",
                "{\"a\":\"\\u000A\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"A\":1}",
                "{\"a\":9007199254740992}",
                "{\"a\":tru}",
                "{\"a\":[1,]}",
                "{\"a\":{}",
                "{\"a\"",
                "[1]",
                "1",
                "",
            })
    void other_forms_are_refused(String text) {
        assertThatThrownBy(() -> CanonicalJson.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused() {
        var bytes = "{\"a\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        bytes[6] = (byte) 0xff;

        assertThatThrownBy(() -> CanonicalJson.read(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deep_nesting_is_refused_without_harm() {
        var deep = "{\"a\":".repeat(100_000);

        assertThatThrownBy(() -> CanonicalJson.read(deep.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    @SuppressWarnings("NullAway") // null is one of the values
    Arbitrary<Map<String, Object>> entries() {
        var keys = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars('_', '0', '9')
                .ofMaxLength(8)
                .map(rest -> "k" + rest);
        var text = Arbitraries.strings().ofMaxLength(20).filter(CanonicalJsonTest::isUnicode);
        Arbitrary<Object> plain = Arbitraries.oneOf(
                text.map(Object.class::cast),
                Arbitraries.longs()
                        .between(-CanonicalJson.GREATEST, CanonicalJson.GREATEST)
                        .map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast));
        Arbitrary<Object> any = Arbitraries.lazyOf(
                () -> plain,
                () -> plain,
                () -> plain.list().ofMaxSize(4).map(Object.class::cast),
                () -> Arbitraries.maps(keys, plain.injectNull(0.1)).ofMaxSize(4).map(Object.class::cast));
        return Arbitraries.maps(keys, any.injectNull(0.1)).ofMaxSize(8);
    }

    private static boolean isUnicode(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text);
    }

    private static String text(Map<String, Object> entry) {
        return new String(CanonicalJson.bytes(entry), StandardCharsets.UTF_8);
    }
}
