package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.support.ConductTest;
import dev.conduct.work.LinePage.Group;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/// A list in groups, with the columns and the beginning somebody chose, and what is proposed while a filter is typed.
@ConductTest
class ListShapeTest {

    private final Items items;
    private final LinePages lines;
    private final ItemLists lists;
    private final SavedViews views;
    private final CompletionPages completions;
    private final Cast cast;

    ListShapeTest(
            Items items,
            Products products,
            People people,
            LinePages lines,
            ItemLists lists,
            SavedViews views,
            CompletionPages completions) {
        this.items = items;
        this.lines = lines;
        this.lists = lists;
        this.views = views;
        this.completions = completions;
        this.cast = new Cast(items, products, people);
    }

    @Test
    void groups_come_in_the_order_of_the_line_with_how_many_there_are() {
        var fix = cast.inFix().key();
        IntStream.range(0, 25).forEach(n -> cast.reported("Bug " + n, Map.of("severity", "low")));

        var page = page("product:" + cast.product + " group:state");

        assertThat(page.groups()).extracting(Group::title).containsExactly("Reported", "In fix");
        assertThat(page.groups()).extracting(Group::count).containsExactly(25L, 1L);
        assertThat(page.groups().getFirst().rows()).hasSize(20);
        assertThat(page.groups().getLast().rows().getFirst().key()).isEqualTo(fix);
    }

    @Test
    void who_has_none_is_a_group_and_people_are_named() {
        var _ = cast.inFix();
        var _ = cast.reported();

        assertThat(page("product:" + cast.product + " group:assignee").groups())
                .extracting(Group::title)
                .containsExactly("Tom", "Nobody");
        assertThat(page("product:" + cast.product + " group:severity").groups())
                .extracting(Group::title)
                .containsExactly("High");
    }

    @Test
    void a_group_or_column_that_there_is_not_is_told_with_the_nearest() {
        assertThat(page("group:stat columns:severty").mistakes())
                .anyMatch(says -> says.contains("write state"))
                .anyMatch(says -> says.contains("write severity"));
    }

    @Test
    void every_order_goes_the_other_way_round_page_by_page() {
        var first = cast.reported("First", Map.of("severity", "low")).key();
        var second = cast.reported("Second", Map.of("severity", "critical")).key();
        var third = cast.reported("Third", Map.of("severity", "high")).key();

        assertThat(all("sort:-priority")).containsExactly(first, third, second);
        assertThat(all("sort:-created")).containsExactlyInAnyOrder(first, second, third);
        assertThat(all("sort:-due").reversed()).isEqualTo(all("sort:due"));
        assertThat(all("sort:-updated").reversed()).isEqualTo(all("sort:updated"));
    }

    private List<String> all(String sort) {
        var seen = new java.util.ArrayList<String>();
        String cursor = null;
        do {
            var page = lists.page("product:" + cast.product + " " + sort, 2, cursor, cast.sam);
            page.items().forEach(item -> seen.add(item.key()));
            cursor = page.next();
        } while (cursor != null);
        return seen;
    }

    @Test
    void a_view_that_is_shared_is_a_tab_of_colleagues_but_not_of_customers() {
        var title = "Shared by Lea " + cast.product;
        views.keep(new SavedViews.Wanted("bug", title, "product:" + cast.product, SavedViews.EVERYBODY), cast.lea);
        views.keep(new SavedViews.Wanted("bug", "Mine " + cast.product, "is:open", SavedViews.NOBODY), cast.lea);

        assertThat(views.of("bug", cast.tom))
                .extracting(SavedViews.SavedView::title)
                .contains(title)
                .doesNotContain("Mine " + cast.product);
        assertThat(views.of("bug", cast.carla))
                .extracting(SavedViews.SavedView::title)
                .doesNotContain(title);
    }

    @Test
    void only_its_owner_removes_a_view_and_anybody_may_begin_with_it() {
        views.keep(
                new SavedViews.Wanted("bug", "Begin " + cast.product, "product:" + cast.product, SavedViews.EVERYBODY),
                cast.lea);
        var view = views.of("bug", cast.lea).stream()
                .filter(one -> one.title().equals("Begin " + cast.product))
                .findFirst()
                .orElseThrow();
        views.remove("bug", view.id(), cast.tom);
        views.begin("bug", view.id(), cast.tom);

        assertThat(lines.list("bug", null, null, null, cast.tom).query()).isEqualTo("product:" + cast.product);
        assertThat(lines.list("bug", null, null, null, cast.lea).query()).isEqualTo(LineTabs.OPEN);

        views.remove("bug", view.id(), cast.lea);

        assertThat(lines.list("bug", null, null, null, cast.tom).query()).isEqualTo(LineTabs.OPEN);
    }

    @Test
    void a_view_is_not_shared_with_a_product_that_there_is_not() {
        Assertions.assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> views.keep(new SavedViews.Wanted("bug", "V", "is:open", "product:NONE"), cast.lea));
        Assertions.assertThatExceptionOfType(Problem.class)
                .isThrownBy(() ->
                        views.keep(new SavedViews.Wanted("bug", "V", "is:open", SavedViews.EVERYBODY), cast.carla));
    }

    @Test
    void filters_values_states_and_people_are_proposed() {
        assertThat(proposed("sev")).contains("severity:");
        assertThat(proposed("crit")).contains("severity:critical", "priority:critical");
        assertThat(proposed("review")).contains("state:in_review");
        assertThat(proposed("severity:high,l")).containsExactly("severity:high,low");
        assertThat(proposed("state:!in_f")).containsExactly("state:!in_fix");
        assertThat(proposed("assignee:m")).contains("assignee:me");
        assertThat(proposed("group:st")).contains("group:state");
    }

    private List<String> proposed(String typed) {
        return completions.proposals("bug", typed, cast.sam).proposals().stream()
                .map(Completions.Proposal::inserts)
                .toList();
    }

    private LinePage page(String query) {
        return lines.list("bug", List.of(query), null, null, cast.paula);
    }
}
