package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.conduct.identity.Accounts;
import dev.conduct.identity.People;
import dev.conduct.support.Chromium;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What each page is for, in a real browser; and those of its states that the walk of `GuideTest` does not meet, in
/// both themes and at the width of a phone.
@ConductTest(properties = "test.alone=PagesBrowserTest")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesBrowserTest {

    private static final Set<String> EVERYTHING = Set.of(
            "administrator", "project_manager", "qa", "developer", "support", "release_manager", "lead_developer");

    private static final String COMMIT = "4f9c2ae71b3d5e8f90a1b2c3d4e5f60718293a4b";
    /// One touch at the middle of something.
    private static final String FINGER = """
            ([kind, where]) => {
                const target = document.querySelector(where);
                const box = target.getBoundingClientRect();
                target.dispatchEvent(new PointerEvent("pointer" + kind, {
                    bubbles: true, cancelable: true, pointerId: 7, pointerType: "touch", button: kind === "move" ? -1 : 0,
                    clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 }));
            }
            """;

    private static final Locator.WaitForOptions ATTACHED =
            new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED);

    private final Items items;
    private final Accounts accounts;
    private final TestClock clock;
    private final Cast cast;
    private final String address;
    private final String reported;
    private final String inFix;
    private Visitor mira;

    @SuppressWarnings("NullAway.Init")
    PagesBrowserTest(
            Items items,
            Products products,
            People people,
            Accounts accounts,
            TestClock clock,
            @LocalServerPort int port) {
        this.items = items;
        this.accounts = accounts;
        this.clock = clock;
        this.cast = new Cast(items, products, people);
        this.address = "http://localhost:" + port;
        this.reported = cast.reported().key();
        this.inFix = cast.inFix().key();
        items.comment(inFix, "Seen in `editor`:\n\n```\nlost line 36 of 58\n```\n\n- **twice** today", null, cast.sam);
        items.link(inFix, "blocks", reported, null, cast.paula);
    }

    @BeforeAll
    void signIn() {
        var email = "mira." + cast.product.toLowerCase(java.util.Locale.ROOT) + "@brindlemoor.example";
        var person = accounts.add("Mira Solvang", email, EVERYTHING, cast.ana);
        mira = new Visitor(Chromium.shared().browser(), address, clock, "Mira Solvang", email)
                .accept("/invitation?token=" + accounts.invite(person.id(), cast.ana));
    }

    @AfterAll
    void leave() {
        if (mira != null) {
            mira.close();
        }
    }

    Stream<String> pages() {
        return Stream.of(
                "/lines/bug?q=product:" + cast.product,
                "/lines/bug?q=severity:hihg",
                "/lines/bug?q=nobodysaysthis",
                "/lines/bug?q=group:state columns:severity,due,reporter product:" + cast.product,
                "/lines/bug/board?lanes=assignee",
                "/find?q=nobodysaysthis",
                "/items/" + inFix,
                "/items/" + inFix + "?edit",
                "/items/" + inFix + "?evidence",
                "/items/" + inFix + "?link",
                "/items/" + inFix + "?attach",
                "/items/" + inFix + "?override=tested_locally&why=submit_fix",
                "/items/" + reported + "?move=reject",
                "/items/NONE-1",
                "/nothing-of-the-kind");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_is_quiet_and_steady_and_can_be_read_by_everybody(String path) {
        var page = mira.page();
        page.setViewportSize(1440, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        mira.go(path);
        assertThat(mira.layoutShift()).as("layout shift").isLessThan(0.05);
        assertThat(mira.overflow()).as("sticks out").isNotPositive();
        assertThat(mira.barriers()).as("barriers").isEmpty();

        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(mira.faint()).as("faint in the dark").isEmpty();

        page.setViewportSize(390, 844);
        mira.go(path);
        assertThat(mira.layoutShift()).as("layout shift on a phone").isLessThan(0.05);
        assertThat(mira.overflow()).as("sticks out on a phone").isNotPositive();
        assertThat(mira.barriers()).as("barriers on a phone").isEmpty();
        assertThat(mira.complaints()).as("what the browser complains about").isEmpty();
    }

    @Test
    void the_palette_finds_a_record_by_its_number_and_goes_there() {
        wide().go("/me").page().keyboard().press("Control+k");
        mira.page().locator("#palette input").fill(inFix);
        mira.page().locator("#palette [role=option]", hasText(inFix)).first().waitFor();

        mira.page().keyboard().press("Enter");

        mira.page().waitForURL("**/items/" + inFix);
    }

    @Test
    void the_palette_goes_to_any_page_and_presses_what_the_open_one_has() {
        wide().go("/me").page().keyboard().press("Control+k");
        mira.page().locator("#palette input").fill("versions");
        mira.page()
                .locator("#palette [aria-selected=true]", hasText("Versions of the procedure"))
                .waitFor();
        mira.page().keyboard().press("Enter");
        mira.page().waitForURL("**/procedure/versions");

        mira.go("/items/" + inFix).page().keyboard().press("Control+k");
        mira.page().locator("#palette input").fill("comment");
        mira.page()
                .locator("#palette [aria-selected=true]", hasText("Write a comment"))
                .waitFor();
        mira.page().keyboard().press("Enter");
        mira.page().locator("#f-say:focus").waitFor();

        mira.go("/me").page().keyboard().press("Control+k");
        mira.page().locator("#palette input").fill("theme");
        mira.page()
                .locator("#palette [aria-selected=true]", hasText("Light or dark"))
                .waitFor();
        assertThat(mira.page()
                        .locator("#palette [role=option]", hasText("Export this list"))
                        .count())
                .isZero();
        mira.page().keyboard().press("Enter");
        mira.page().locator("html[data-theme=dark]").waitFor();
        mira.page().keyboard().press("D");
        mira.page().locator("html[data-theme=light]").waitFor();
    }

    @Test
    void the_palette_says_what_holds_a_move_of_the_open_record() {
        wide().go("/items/" + inFix).page().keyboard().press("Control+k");
        mira.page().locator("#palette input").fill("submit");

        assertThat(mira.page()
                        .locator("#palette [role=option]", hasText("Submit the fix"))
                        .first()
                        .innerText())
                .contains("held by");
    }

    @Test
    void a_card_dropped_where_a_gate_is_closed_is_back_and_says_why() {
        var bug = cast.inReview(COMMIT).key();
        wide().go("/lines/bug/board");

        drag(bug, "in_test");

        mira.page().locator("[data-board] > .note").waitFor();
        assertThat(mira.page().locator("[data-board] > .note").innerText())
                .contains(bug, "Nobody has reviewed the fix");
        assertThat(station(bug)).isEqualTo("in_review");
    }

    @Test
    void a_card_dropped_where_the_way_is_free_moves_through_the_door() {
        var bug = assigned();
        wide().go("/lines/bug/board");

        drag(bug, "in_fix");

        mira.page()
                .locator("[data-state=in_fix] [data-card='" + bug + "']")
                .first()
                .waitFor();
        mira.page().locator("[data-told]", hasText("is now at In fix")).waitFor(ATTACHED);
        assertThat(cast.found(bug).state()).isEqualTo("in_fix");
    }

    @Test
    void a_card_moves_by_keys_alone() {
        var bug = assigned();
        wide().go("/lines/bug/board")
                .page()
                .locator("[data-card='" + bug + "'] a.title")
                .focus();

        mira.page().keyboard().press("m");
        mira.page().locator("[data-card='" + bug + "'] [data-to=in_fix] button").press("Enter");

        mira.page().locator(".flash").waitFor();
        assertThat(cast.found(bug).state()).isEqualTo("in_fix");
    }

    @Test
    void a_finger_takes_a_card_up_by_resting_on_it() {
        var bug = assigned();
        wide().go("/lines/bug/board?q=product:" + cast.product);

        mira.page().evaluate(FINGER, java.util.List.of("down", "[data-card='" + bug + "'] .title"));
        mira.page().locator(".ghost").waitFor();
        mira.page().evaluate(FINGER, java.util.List.of("move", "h2[data-state=in_fix]"));
        mira.page().evaluate(FINGER, java.util.List.of("up", "h2[data-state=in_fix]"));

        mira.page().locator("[data-told]", hasText("is now at In fix")).waitFor(ATTACHED);
        assertThat(cast.found(bug).state()).isEqualTo("in_fix");
    }

    @Test
    void a_filter_is_proposed_and_taken_by_keys_alone() {
        wide().go("/lines/bug?q=product:" + cast.product);
        mira.page().keyboard().press("/");
        mira.page().keyboard().type("sev");
        // Before anything was typed it stands among all of them.
        mira.page()
                .locator("#completion [role=option]:first-child", hasText("severity:"))
                .waitFor();

        mira.picture("completion");
        mira.page().keyboard().press("ArrowDown");
        mira.page().keyboard().press("Enter");
        mira.page()
                .locator("#completion [role=option]", hasText("severity:high"))
                .waitFor();
        mira.page().keyboard().type("hi");
        mira.page()
                .locator("#completion [role=option]:only-child", hasText("severity:high"))
                .waitFor();
        mira.page().keyboard().press("Tab");

        mira.page().locator(".chip", hasText("severity")).waitFor();
        assertThat(mira.page().url()).contains("severity");
    }

    @Test
    void what_is_selected_is_told_what_will_happen_and_then_moves_together() {
        var product = cast.product;
        var free = assigned();
        var held = cast.inFix().key();
        // One parameter with commas: nothing of it is cut.
        wide().go("/lines/bug?q=product:" + product + " state:assigned,in_fix sort:created");
        for (var bug : java.util.List.of(free, held)) {
            mira.page().locator("input[value^='" + bug + "@']").check();
        }
        mira.page()
                .locator("[data-foresight]", hasText("1 can move now, 1 is held"))
                .waitFor();
        mira.picture("bulk-bar");
        assertThat(mira.barriers()).as("barriers of the bar").isEmpty();

        mira.page().keyboard().press("m");
        mira.page().locator("h1", hasText("Change 2 bugs")).waitFor();
        assertThat(mira.text()).contains("There is no local test of the fix");
        mira.picture("bulk-page");
        assertThat(mira.barriers()).as("barriers of the page").isEmpty();
        mira.press("Move 1 now");

        mira.page().locator("[data-progress-words]", hasText("1 is done")).waitFor();
        assertThat(cast.found(free).state()).isEqualTo("in_fix");
        assertThat(cast.found(held).state()).isEqualTo("in_fix");

        // The line has no way from there back to where it was; the button says so and the record stays.
        mira.page().locator("[data-undo] button").click();
        mira.page().locator(".note.caution", hasText("1 stays: " + free)).waitFor();
        assertThat(cast.found(free).state()).isEqualTo("in_fix");
        assertThat(mira.complaints()).isEmpty();
    }

    @Test
    void rows_are_selected_by_keys_and_let_go() {
        wide().go("/lines/bug?q=product:" + cast.product);
        for (var key : java.util.List.of("j", "x", "j", "j", "X")) {
            mira.page().keyboard().press(key);
        }
        assertThat(mira.page().locator("[data-selected]").innerText()).isEqualTo("3");

        mira.page().keyboard().press("Escape");

        mira.page().locator(".bulk").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));

        mira.page().setViewportSize(390, 844);
        mira.page().locator("tbody input[name=row]").first().check();
        mira.page().locator(".bulk", hasText("1 selected")).waitFor();
        assertThat(mira.barriers()).as("barriers of rows selected by touch").isEmpty();
        assertThat(mira.overflow()).isNotPositive();
        mira.page().locator(".bulk", hasText("Clear")).getByText("Clear").click();
        mira.page().locator(".bulk").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    @Test
    void a_list_that_cannot_be_loaded_says_so_and_keeps_the_filters() {
        wide().go("/lines/bug?q=product:" + cast.product);
        mira.page().route("**/lines/bug?q=**", route -> route.abort());
        mira.page().locator("#f-query").fill("editor");
        mira.page().locator("#f-query").press("Enter");

        mira.page().locator("#list > .note", hasText("could not be loaded")).waitFor();
        assertThat(mira.page().locator("#f-query").inputValue()).isEqualTo("editor");
        mira.page().unroute("**/lines/bug?q=**");
        mira.complaints().clear();
    }

    @Test
    void the_search_marks_what_it_found() {
        wide().go("/me").page().locator(".find input").fill("loses line");
        mira.page().locator(".find input").press("Enter");

        mira.page().locator("h1", hasText("Search")).waitFor();
        assertThat(mira.page().locator("mark").first().innerText()).isEqualTo("loses");
        mira.picture("search");
    }

    @Test
    void a_view_that_is_kept_has_a_tab_until_it_is_removed() {
        wide().go("/lines/bug?q=product:" + cast.product + " severity:high");
        mira.page().locator(".save-view summary").click();
        mira.fill("Keep this view as", "High here").press("Keep");
        assertThat(mira.page().locator(".tabs [aria-current]").innerText()).isEqualTo("High here");
        mira.page().locator(".save-view summary").click();

        mira.press("Remove the view");

        assertThat(mira.page().locator(".tabs").innerText()).doesNotContain("High here");
    }

    @Test
    void a_list_goes_out_as_a_file() {
        wide().go("/lines/bug?q=product:" + cast.product);

        var file = mira.page()
                .waitForDownload(
                        () -> mira.page().locator("a[download]", hasText("CSV")).click());

        assertThat(file.suggestedFilename()).isEqualTo("bug.csv");
        assertThat(file.path()).content().startsWith("key,title,state").contains(inFix);
    }

    @Test
    void files_too_large_are_told_before_they_are_sent_and_nothing_typed_is_lost() {
        wide().go("/lines/bug/new");
        mira.fill("Title", "The export is cut short");
        mira.page().evaluate("""
                () => {
                    const files = new DataTransfer();
                    files.items.add(new File([new Uint8Array(27 * 1048576)], 'screen.mov'));
                    document.querySelector('input[type=file]').files = files.files;
                }
                """);

        mira.press("Report");

        assertThat(mira.page().locator("[role=alert].error").innerText()).contains("27.0 MB", "25.0 MB");
        assertThat(mira.page().locator("[name=title]").inputValue()).isEqualTo("The export is cut short");
    }

    @Test
    void the_proof_of_a_record_is_a_file_of_its_page() {
        wide().go("/items/" + inFix);

        var file = mira.page().waitForDownload(() -> mira.follow("Download the proof"));

        assertThat(file.suggestedFilename()).isEqualTo(inFix + ".zip");
        assertThat(mira.text()).contains("./conduct verify " + inFix + ".zip");
    }

    @Test
    void what_somebody_has_to_do_stands_on_their_page_with_the_act_that_does_it() {
        wide().go("/me");

        assertThat(mira.page().locator(".board-table tr", hasText(reported)).innerText())
                .contains("Log", "Reported");
    }

    private static Page.LocatorOptions hasText(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    private Visitor wide() {
        mira.page().setViewportSize(1440, 900);
        return mira;
    }

    private String assigned() {
        return items.move(
                        new Items.Move(cast.triaged().key(), "assign", Map.of(), cast.tom.id(), null, null, null),
                        cast.lea)
                .key();
    }

    private String station(String bug) {
        return String.valueOf(mira.page()
                .locator("[data-card='" + bug + "']")
                .evaluate("card => card.closest('[data-state]').dataset.state"));
    }

    private void drag(String bug, String state) {
        var target = mira.page().locator("h2[data-state=" + state + "]");
        target.scrollIntoViewIfNeeded();
        mira.page().locator("[data-card='" + bug + "'] a.title").dragTo(target);
    }
}
