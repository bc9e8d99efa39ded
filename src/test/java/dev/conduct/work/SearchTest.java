package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.identity.People;
import dev.conduct.support.ConductTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// One search for everything one may see.
@ConductTest
class SearchTest {

    private final Items items;
    private final Searching searching;
    private final SearchOthers others;
    private final Accounts accounts;
    private final Clients clients;
    private final int port;
    private final Cast cast;

    SearchTest(
            Items items,
            Products products,
            People people,
            Accounts accounts,
            Searching searching,
            SearchOthers others,
            Clients clients,
            @LocalServerPort int port) {
        this.items = items;
        this.searching = searching;
        this.others = others;
        this.accounts = accounts;
        this.clients = clients;
        this.port = port;
        this.cast = new Cast(items, products, people);
    }

    @Test
    void what_has_the_words_in_its_title_comes_before_what_has_them_in_a_remark() {
        var remarked = cast.reported("Something else entirely", Map.of("severity", "high"));
        items.comment(remarked.key(), "The zeppelin hovers over the <b>mooring</b> mast", null, cast.tom);
        var titled = cast.reported("Zeppelin mooring fails", Map.of("severity", "high"));

        var found = searching.find("zeppelin mooring", 10, cast.sam);

        assertThat(keys(found)).containsExactly(titled.key(), remarked.key());
        assertThat(found.hits().getFirst().title().pieces())
                .containsExactly(
                        new Marked.Piece("Zeppelin", true),
                        new Marked.Piece(" ", false),
                        new Marked.Piece("mooring", true),
                        new Marked.Piece(" fails", false));
        assertThat(found.hits().getLast().author()).isEqualTo(cast.tom.id());
        assertThat(found.hits().getLast().text()).isNotNull();
        assertThat(String.valueOf(found.hits().getLast().text()).contains("found=true"))
                .isTrue();
    }

    @Test
    void a_slip_of_the_pen_still_finds_and_is_said() {
        var bug = cast.reported("Quarterly windjammer report is empty", Map.of("severity", "high"));

        var found = searching.find("windjamer repotr", 10, cast.sam);

        assertThat(keys(found)).contains(bug.key());
        assertThat(found.near()).isTrue();
    }

    @Test
    void a_part_of_a_word_finds_while_it_is_typed() {
        var bug = cast.reported("Bathysphere depth gauge drifts", Map.of("severity", "high"));

        assertThat(searching.quick("bathysph gau", 7, cast.sam))
                .extracting(Item::key)
                .containsExactly(bug.key());
        assertThat(searching.quick(bug.key().toLowerCase(java.util.Locale.ROOT), 7, cast.sam))
                .extracting(Item::key)
                .startsWith(bug.key());
    }

    @Test
    void a_number_alone_and_one_without_its_dash_find_the_record() {
        var bug = cast.reported("Sounding line is short", Map.of("severity", "high"));
        var number = bug.key().substring(bug.key().indexOf('-') + 1);

        assertThat(searching.quick(cast.product + number, 7, cast.sam))
                .extracting(Item::key)
                .contains(bug.key());
        assertThat(searching.find(number, 200, cast.sam).hits())
                .extracting(hit -> hit.item().key())
                .anyMatch(key -> key.endsWith("-" + number));
    }

    @Test
    void people_are_found_by_a_misspelt_name() {
        var email = cast.product.toLowerCase(java.util.Locale.ROOT) + "@search.example";
        var _ = accounts.add("Philippa Quartermaine", email, Set.of("developer"), cast.ana);

        var found = others.of(List.of("quartermain"), "Quatermaine", cast.sam);

        assertThat(found.stream().flatMap(group -> group.others().stream()))
                .extracting(other -> other.title().plain())
                .contains("Philippa Quartermaine");
    }

    @Test
    void nobody_finds_what_they_may_not_see() {
        var bug = cast.reported("Xylophone tuning is off", Map.of("severity", "high"));
        items.comment(bug.key(), "xylophone, said Tom", null, cast.tom);
        var stranger = cast.as("Strange", "customer");

        assertThat(keys(searching.find("xylophone", 10, cast.sam))).containsExactly(bug.key());
        assertThat(searching.find("xylophone", 10, stranger).hits()).isEmpty();
        assertThat(searching.find(bug.key(), 10, stranger).hits()).isEmpty();
        assertThat(searching.find("xylophine", 10, stranger).hits()).isEmpty();
        assertThat(searching.quick("xylo", 7, stranger)).isEmpty();
        assertThat(kinds("Sam", stranger)).doesNotContain("person");
    }

    @Test
    void products_components_and_clauses_are_found_beside_records() {
        assertThat(kinds("editor", cast.sam)).contains("component");
        assertThat(kinds("work " + cast.product, cast.sam)).contains("product");
        assertThat(kinds("rollback", cast.sam)).contains("clause");
    }

    @Test
    void hostile_words_are_words() {
        for (var typed : List.of("a:b:c", "\"", "%_\\", "(((", "sort:x is:y", "' or 1=1", "-", "<script>", "& | !")) {
            assertThat(searching.find(typed, 10, cast.sam)).as(typed).isNotNull();
            assertThat(searching.quick(typed, 7, cast.sam)).as(typed).isNotNull();
        }
    }

    @Test
    void programs_search_too() {
        var bug = cast.reported("Gyrocompass needle sticks", Map.of("severity", "high"));

        var answer = new Api(port, clients, "qa").get("/search?q=gyrocompass");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("results").get(0).get("key").asString()).isEqualTo(bug.key());
    }

    private List<String> kinds(String typed, Actor actor) {
        return others.of(Searching.words(typed), typed, actor).stream()
                .flatMap(group -> group.others().stream())
                .map(SearchPage.Other::kind)
                .toList();
    }

    private static List<String> keys(Searching.Found found) {
        return found.hits().stream().map(hit -> hit.item().key()).toList();
    }
}
