package dev.conduct.mocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.conduct.kernel.Problem;
import dev.conduct.support.Spoiled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Mappings as WireMock's files have them: what they match, and what is refused.
class MappingsTest {

    private static final String ALL_WORDS = """
            {"mappings": [{"name": "a", "priority": 2, "scenarioName": "s", "requiredScenarioState": "Started",
              "newScenarioState": "next", "metadata": {"by": ["x"]},
              "request": {"method": "POST", "urlPathTemplate": "/o/{id}", "pathParameters": {"id": {"matches": "[0-9]+"}},
                "queryParameters": {"q": {"or": [{"equalTo": "a"}, {"absent": true}]}}, "headers": {"A": {"not": {"contains": "b"}}},
                "bodyPatterns": [{"matchesJsonPath": {"expression": "$.a[?(@.b == 'c')]", "equalToJson": "{}"}}]},
              "response": {"status": 201, "headers": {"B": ["c", "d"]}, "jsonBody": {"e": [1, 2.5, null]},
                "fixedDelayMilliseconds": 5}}]}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"url\": \"/a?b=1\"} | GET /a?b=1 | true",
                "{\"url\": \"/a\"} | GET /a?b=1 | false",
                "{\"urlPath\": \"/a\"} | GET /a?b=1 | true",
                "{\"urlPattern\": \"/a\\\\?b=[0-9]+\"} | GET /a?b=12 | true",
                "{\"urlPathPattern\": \"/orders/[0-9]+\"} | GET /orders/12 | true",
                "{\"urlPathPattern\": \"/orders/[0-9]+\"} | GET /orders/12/lines | false",
                "{\"urlPathTemplate\": \"/orders/{id}/lines\"} | GET /orders/12/lines | true",
                "{\"urlPathTemplate\": \"/orders/{id}/lines\"} | GET /orders//lines | false",
                "{\"urlPathTemplate\": \"/o/{id}\", \"pathParameters\": {\"id\": {\"matches\": \"[0-9]+\"}}} | GET /o/12 | true",
                "{\"urlPathTemplate\": \"/o/{id}\", \"pathParameters\": {\"id\": {\"matches\": \"[0-9]+\"}}} | GET /o/x | false",
                "{\"method\": \"POST\"} | GET /a | false",
                "{\"method\": \"ANY\"} | DELETE /a | true",
                "{\"queryParameters\": {\"q\": {\"equalTo\": \"a b\"}}} | GET /a?q=a%20b | true",
                "{\"queryParameters\": {\"q\": {\"absent\": true}}} | GET /a?q=1 | false",
                "{\"queryParameters\": {\"q\": {\"absent\": true}}} | GET /a | true",
                "{\"headers\": {\"Accept\": {\"contains\": \"json\"}}} | GET /a | true",
                "{\"headers\": {\"accept\": {\"equalTo\": \"APPLICATION/JSON\", \"caseInsensitive\": true}}} | GET /a | true",
                "{\"headers\": {\"Accept\": {\"doesNotMatch\": \".*json\"}}} | GET /a | false",
                "{\"cookies\": {\"who\": {\"matches\": \"m.*\"}}} | GET /a | true",
                "{\"basicAuthCredentials\": {\"username\": \"u\", \"password\": \"p\"}} | GET /a | true",
                "{\"basicAuthCredentials\": {\"username\": \"u\", \"password\": \"q\"}} | GET /a | false",
                "{\"headers\": {\"Accept\": {\"or\": [{\"contains\": \"xml\"}, {\"contains\": \"json\"}]}}} | GET /a | true",
                "{\"headers\": {\"Accept\": {\"and\": [{\"contains\": \"xml\"}, {\"contains\": \"json\"}]}}} | GET /a | false",
                "{\"headers\": {\"Accept\": {\"not\": {\"contains\": \"xml\"}}}} | GET /a | true"
            })
    void a_request_is_matched_as_the_format_says(String request, String line, boolean matches) {
        var stub = stub(request);

        assertThat(stub.matches(asked(line, ""))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"equalToJson\": {\"a\": 1, \"b\": [1, 2]}} | {\"b\": [1, 2], \"a\": 1.0} | true",
                "{\"equalToJson\": \"{\\\"a\\\": 1}\"} | {\"a\": 1} | true",
                "{\"equalToJson\": {\"a\": 1}} | {\"a\": 1, \"b\": 2} | false",
                "{\"equalToJson\": {\"a\": 1}, \"ignoreExtraElements\": true} | {\"a\": 1, \"b\": 2} | true",
                "{\"equalToJson\": {\"b\": [2, 1]}} | {\"b\": [1, 2]} | false",
                "{\"equalToJson\": {\"b\": [2, 1]}, \"ignoreArrayOrder\": true} | {\"b\": [1, 2]} | true",
                "{\"matchesJsonPath\": \"$.a.b\"} | {\"a\": {\"b\": 0}} | true",
                "{\"matchesJsonPath\": \"$.a.b\"} | {\"a\": {\"b\": null}} | false",
                "{\"matchesJsonPath\": \"$.a\"} | {\"a\": []} | false",
                "{\"matchesJsonPath\": \"$['a b'][1]\"} | {\"a b\": [1, 2]} | true",
                "{\"matchesJsonPath\": \"$.a[-1].b\"} | {\"a\": [1, {\"b\": 2}]} | true",
                "{\"matchesJsonPath\": \"$..b\"} | {\"a\": [{\"c\": {\"b\": 2}}]} | true",
                "{\"matchesJsonPath\": \"$.a[*].b\"} | {\"a\": [{\"c\": 1}]} | false",
                "{\"matchesJsonPath\": \"$.a[?(@.id == 'x' && @.n >= 2)]\"} | {\"a\": [{\"id\": \"x\", \"n\": 2}]} | true",
                "{\"matchesJsonPath\": \"$.a[?(@.id == 'x' && @.n >= 2)]\"} | {\"a\": [{\"id\": \"x\", \"n\": 1}]} | false",
                "{\"matchesJsonPath\": \"$.a[?(@.id)]\"} | {\"a\": [{\"no\": 1}]} | false",
                "{\"matchesJsonPath\": {\"expression\": \"$.a\", \"contains\": \"ell\"}} | {\"a\": \"hello\"} | true",
                "{\"matchesJsonPath\": {\"expression\": \"$.a\", \"equalTo\": \"5\"}} | {\"a\": 5} | true",
                "{\"matchesJsonPath\": {\"expression\": \"$.a\", \"absent\": true}} | {\"b\": 5} | true",
                "{\"matchesJsonPath\": \"$.a\"} | not json | false",
                "{\"equalTo\": \"not json\"} | not json | true",
                "{\"equalToXml\": \"<a x='1' y='2'><b>t</b><c/></a>\"} | <a y='2' x='1'><c></c> <b> t </b></a> | true",
                "{\"equalToXml\": \"<a><b>1</b><b>2</b></a>\"} | <a><b>2</b><b>1</b></a> | false",
                "{\"equalToXml\": \"<a xmlns='urn:x'/>\"} | <a/> | false",
                "{\"equalToXml\": \"<a/>\"} | <a | false",
                "{\"equalToXml\": \"<a>one<b/>two</a>\"} | <a>one<!-- 1 --> <b/> two</a> | true",
                "{\"equalToXml\": \"<a>one<b/>two</a>\"} | <a>one<b/></a> | false",
                "{\"equalToXml\": \"<a>one<b/></a>\"} | <a>two<b/></a> | false",
                "{\"equalToXml\": \"<a xmlns:p='urn:x' p:k='1'/>\"} | <a xmlns:q='urn:x' q:k='1'/> | true",
                "{\"equalToXml\": \"<a xmlns:p='urn:x' p:k='1'/>\"} | <a k='1'/> | false",
                "{\"matchesXPath\": \"//a/@c:k\", \"xPathNamespaces\": {\"c\": \"urn:c\"}} | <a xmlns:d='urn:c' d:k='1'/> | true",
                "{\"matchesXPath\": \"//a/@c:k\", \"xPathNamespaces\": {\"c\": \"urn:c\"}} | <a k='1'/> | false",
                "{\"matchesXPath\": \"/order/line[@code='8471']/@weight\"} | <order><line code='8471' weight='12'/></order> | true",
                "{\"matchesXPath\": \"/order/line[@code='8471']\"} | <order><line code='1'/></order> | false",
                "{\"matchesXPath\": \"//line[2]/text()\"} | <o><line>a</line><line>b</line></o> | true",
                "{\"matchesXPath\": \"//line[3]\"} | <o><line>a</line><line>b</line></o> | false",
                "{\"matchesXPath\": {\"expression\": \"//line\", \"contains\": \"b\"}} | <o><line>a</line><line>b</line></o> | true",
                "{\"matchesXPath\": {\"expression\": \"/o/x\", \"absent\": true}} | <o/> | true",
                "{\"matchesXPath\": \"//c:line\", \"xPathNamespaces\": {\"c\": \"urn:c\"}} | <o xmlns='urn:c'><line/></o> | true",
                "{\"matchesXPath\": \"//c:line\", \"xPathNamespaces\": {\"c\": \"urn:d\"}} | <o xmlns='urn:c'><line/></o> | false",
                "{\"matchesXPath\": \"//a\"} | <!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a> | false",
                "{\"matches\": \"a.*z\"} | `a\nz` | true"
            })
    void a_body_is_matched_as_the_format_says(String pattern, String body, boolean matches) {
        var stub = stub("{\"bodyPatterns\": [" + pattern + "]}");

        assertThat(stub.matches(asked("POST /a", body))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"request\": {\"customMatcher\": {}}, \"response\": {}} | request.customMatcher is not supported",
                "{\"request\": {\"bodyPatterns\": [{\"matchesXPath\": \"count(/a)\"}]}, \"response\": {}} | request.bodyPatterns[0].matchesXPath is not supported: a path begins with /",
                "{\"request\": {\"bodyPatterns\": [{\"matchesXPath\": \"//x:a\"}]}, \"response\": {}} | matchesXPath is not supported: xPathNamespaces does not say what x stands for",
                "{\"request\": {\"bodyPatterns\": [{\"matchesXPath\": \"//a[last()]\"}]}, \"response\": {}} | matchesXPath is not supported: the path is not read",
                "{\"request\": {\"bodyPatterns\": [{\"equalToXml\": \"<a\"}]}, \"response\": {}} | equalToXml is not XML",
                "{\"request\": {\"multipartPatterns\": []}, \"response\": {}} | request.multipartPatterns is not supported",
                "{\"request\": {}, \"response\": {\"proxyBaseUrl\": \"http://x\"}} | response.proxyBaseUrl is not supported",
                "{\"request\": {}, \"response\": {\"transformers\": [\"response-template\"]}} | response.transformers is not supported",
                "{\"request\": {}, \"response\": {\"fault\": \"EMPTY_RESPONSE\"}} | response.fault is not supported",
                "{\"request\": {}, \"response\": {\"bodyFileName\": \"/etc/passwd\"}} | response.bodyFileName is not supported",
                "{\"request\": {}, \"response\": {}, \"postServeActions\": []} | postServeActions is not supported",
                "{\"request\": {}, \"response\": {\"headers\": {\"Set-Cookie\": \"a=b\"}}} | response.headers.Set-Cookie may not be answered",
                "{\"request\": {}, \"response\": {\"headers\": {\"A\": \"b\\r\\nSet-Cookie: a\"}}} | response.headers.A must be one line",
                "{\"request\": {}, \"response\": {\"fixedDelayMilliseconds\": 60000}} | response.fixedDelayMilliseconds must be a whole number",
                "{\"request\": {}, \"response\": {\"status\": 101}} | response.status must be a whole number",
                "{\"request\": {\"urlPattern\": \"(?=a)b\"}, \"response\": {}} | request.urlPattern is no pattern",
                "{\"request\": {\"url\": \"/a\", \"urlPath\": \"/a\"}, \"response\": {}} | request says its address more than once",
                "{\"request\": {\"bodyPatterns\": [{\"matchesJsonPath\": \"$.a.length()\"}]}, \"response\": {}} | matchesJsonPath is not supported: the path is not read from character",
                "{\"request\": {}} | has no response",
                "{\"request\": {}, \"response\": {\"body\": \"a\", \"jsonBody\": {}}} | response says its body more than once",
                "{\"request\": {}, \"response\": {}, \"newScenarioState\": \"x\"} | names a state and no scenario"
            })
    void what_is_not_supported_is_refused_by_its_place(String mapping, String says) {
        assertThat(refused(mapping.getBytes(StandardCharsets.UTF_8)).errors())
                .as(mapping)
                .anySatisfy(error -> {
                    assertThat(error.field()).isEqualTo("mappings");
                    assertThat(error.says()).startsWith("mappings[0]").contains(says.strip());
                });
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        var errors = refused("""
                {"mappings": [
                  {"request": {"scheme": "https", "port": 1}, "response": {"status": "200"}},
                  {"request": {"method": "BREW"}, "response": {}}]}
                """.getBytes(StandardCharsets.UTF_8)).errors();

        assertThat(errors).hasSize(4);
        assertThat(errors.getLast().says()).startsWith("mappings[1].request.method must be one of ANY, DELETE");
    }

    @Test
    void a_zip_as_wiremock_packs_its_folder_brings_its_bodies() throws IOException {
        var zip = zip(Map.of(
                "wiremock/mappings/pay.json",
                "{\"request\": {\"url\": \"/pay\"}, \"response\": {\"bodyFileName\": \"paid.txt\"}}",
                "wiremock/__files/paid.txt",
                "paid",
                "wiremock/__files/other.json",
                "{}"));

        var stub = Mappings.read(zip).stubs().getFirst();

        assertThat(new String(stub.answer().body(), StandardCharsets.UTF_8)).isEqualTo("paid");
    }

    @Test
    void hostile_files_are_refused() throws IOException {
        var bomb = zip(Map.of("mappings/a.json", "[" + " ".repeat(3_000_000) + "]"));
        var climbing = zip(Map.of("../../etc/a.json", "{}"));
        var deep = ("[".repeat(1_000) + "]".repeat(1_000)).getBytes(StandardCharsets.UTF_8);
        var truncated = java.util.Arrays.copyOf(climbing, 20);
        var twice = "{\"request\": {}, \"request\": {}, \"response\": {}}".getBytes(StandardCharsets.UTF_8);

        assertThat(bomb.length).isLessThan(10_000);
        for (var file : List.of(bomb, climbing, deep, truncated, twice, new byte[0], new byte[5_000_000])) {
            assertThat(refused(file).errors()).hasSize(1);
        }
    }

    @Property(tries = 1000)
    void whatever_is_sent_is_read_or_refused(@ForAll long seed) {
        try {
            assertThat(Mappings.read(Spoiled.bytes(ALL_WORDS, seed)).stubs()).isNotEmpty();
        } catch (Problem refused) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.errors()).isNotEmpty();
        }
    }

    @Test
    void zips_that_climb_out_of_their_folder_are_refused() throws IOException {
        var folder = Path.of(Objects.requireNonNullElse(System.getenv("CONDUCT_CORPUS"), "../shared/data"))
                .resolve("conformance/zip-slip");
        assumeTrue(Files.exists(folder), "no hostile files here");

        for (var file : List.of("zip-slip.zip", "zip-slip-win.zip")) {
            assertThat(refused(Files.readAllBytes(folder.resolve(file)))
                            .errors()
                            .getFirst()
                            .says())
                    .contains("leads out of the folder");
        }
    }

    @Test
    void of_those_that_match_the_first_in_priority_and_then_the_last_answers() {
        var stubs = Mappings.read("""
                [{"name": "usual", "request": {"urlPath": "/a"}, "response": {}},
                 {"name": "later", "request": {"urlPath": "/a"}, "response": {}},
                 {"name": "last resort", "priority": 10, "request": {}, "response": {}},
                 {"name": "first", "priority": 1, "request": {"urlPath": "/b"}, "response": {}},
                 {"name": "not first", "request": {"urlPath": "/b"}, "response": {}}]
                """.getBytes(StandardCharsets.UTF_8)).stubs();

        assertThat(List.of("GET /a", "GET /b", "GET /c"))
                .extracting(line -> Matching.best(stubs, asked(line, ""), Map.of())
                        .orElseThrow()
                        .name())
                .containsExactly("later", "first", "last resort");
    }

    @Test
    void a_long_search_in_a_body_ends() {
        var body = "{\"a\":".repeat(60) + "[" + "1,".repeat(50_000) + "1]" + "}".repeat(60);
        var stub = stub("{\"bodyPatterns\": [{\"matchesJsonPath\": \"" + "$" + "..*".repeat(14) + "\"}]}");

        assertThat(stub.matches(asked("POST /a", body))).isFalse();
    }

    @Test
    void a_long_search_in_xml_ends() {
        var body = "<a>".repeat(60) + "<b><c/></b>".repeat(10_000) + "</a>".repeat(60);
        var stub = stub("{\"bodyPatterns\": [{\"matchesXPath\": \"//*[*//*//*//*]" + "//*".repeat(20) + "\"}]}");

        assertThat(stub.matches(asked("POST /a", body))).isFalse();
        assertThat(stub("{\"bodyPatterns\": [{\"matchesXPath\": \"//b/c\"}]}").matches(asked("POST /a", body)))
                .isTrue();
        assertThat(stub("{\"bodyPatterns\": [{\"matchesXPath\": \"//a\"}]}")
                        .matches(asked("POST /a", "<a>".repeat(5_000) + "</a>".repeat(5_000))))
                .isFalse();
    }

    @Test
    void arrays_in_any_order_within_one_another_end() {
        var row = "[" + "1,".repeat(150) + "%d]";
        var expected = "[" + (row.formatted(2) + ",").repeat(150) + row.formatted(2) + "]";
        var found = "[" + (row.formatted(3) + ",").repeat(150) + row.formatted(3) + "]";
        var deeper = "[" + (expected + ",").repeat(9) + expected + "]";
        var stub = stub("{\"bodyPatterns\": [{\"equalToJson\": " + deeper + ", \"ignoreArrayOrder\": true}]}");

        assertThat(stub.matches(asked("POST /a", "[" + (found + ",").repeat(9) + found + "]")))
                .isFalse();
        assertThat(stub("{\"bodyPatterns\": [{\"equalToJson\": [[1, 2], [3]], \"ignoreArrayOrder\": true}]}")
                        .matches(asked("POST /a", "[[3], [2, 1]]")))
                .isTrue();
    }

    private static Problem refused(byte[] file) {
        var refused = new Problem[1];
        assertThatThrownBy(() -> Mappings.read(file))
                .isInstanceOfSatisfying(Problem.class, problem -> refused[0] = problem);
        return refused[0];
    }

    private static Stub stub(String request) {
        return Mappings.read(("{\"request\": " + request + ", \"response\": {}}").getBytes(StandardCharsets.UTF_8))
                .stubs()
                .getFirst();
    }

    private static Asked asked(String line, String body) {
        var url = line.split(" ")[1].split("\\?", 2);
        return Asked.of(
                line.split(" ")[0],
                url[0],
                url.length > 1 ? url[1] : "",
                Map.of(
                        "accept", List.of("application/json"),
                        "cookie", List.of("who=mira; b=c"),
                        "authorization", List.of("Basic dTpw")),
                body);
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
