package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.conduct.identity.Accounts;
import dev.conduct.identity.People;
import dev.conduct.support.Chromium;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What people do on a record's page without leaving it.
@ConductTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordBrowserTest {

    private static final AtomicInteger TIMES = new AtomicInteger();
    private static final Set<String> ROLES = Set.of("project_manager", "qa", "developer", "support", "lead_developer");
    /// A red square of 2 by 2 pixels.
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==";
    private static final String PASTE = """
            (area, [name, type, base64]) => {
                const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
                const data = new DataTransfer();
                data.items.add(new File([bytes], name, { type }));
                area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """;

    private final Items items;
    private final Accounts accounts;
    private final TestClock clock;
    private final Cast cast;
    private final String address;
    private Visitor mira;
    private Visitor otto;

    @SuppressWarnings("NullAway.Init")
    RecordBrowserTest(
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
    }

    @BeforeAll
    void signIn() {
        mira = visitor("Mira Solvang");
        otto = visitor("Otto Brandt");
    }

    private Visitor visitor(String name) {
        var email = name.toLowerCase(Locale.ROOT).replace(' ', '.') + TIMES.incrementAndGet() + "."
                + cast.product.toLowerCase(Locale.ROOT) + "@brindlemoor.example";
        var person = accounts.add(name, email, ROLES, cast.ana);
        return new Visitor(Chromium.shared().browser(), address, clock, name, email)
                .accept("/invitation?token=" + accounts.invite(person.id(), cast.ana));
    }

    @AfterAll
    void leave() {
        for (var visitor : java.util.Arrays.asList(mira, otto)) {
            if (visitor != null) {
                visitor.close();
            }
        }
    }

    @AfterEach
    void nobody_s_browser_complains() {
        assertThat(mira.complaints()).isEmpty();
        assertThat(otto.complaints()).isEmpty();
    }

    private Page at(Visitor visitor, String path) {
        return visitor.go(path).page();
    }

    private static void gone(Locator locator) {
        locator.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    private static Page.LocatorOptions text(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    @Test
    void a_title_is_changed_where_it_stands_by_keys_alone() {
        var bug = cast.reported().key();
        var page = at(mira, "/items/" + bug);

        page.keyboard().press("e");
        page.locator("[data-box] #f-title").waitFor();
        assertThat(mira.barriers()).isEmpty();
        page.keyboard().type("The editor loses two lines");
        page.keyboard().press("Enter");

        page.locator("h1", text("The editor loses two lines")).waitFor();
        gone(page.locator("[data-editing]"));
        assertThat(cast.found(bug).title()).isEqualTo("The editor loses two lines");
        assertThat(page.evaluate("document.activeElement.dataset.place")).isEqualTo("title");
    }

    @Test
    void what_was_just_saved_or_moved_is_undone_by_one_press() {
        var bug = cast.reported();
        var page = at(mira, "/items/" + bug.key());
        page.keyboard().press("e");
        page.locator("[data-box] #f-title").fill("Wrong window");
        page.keyboard().press("Enter");
        var undo = page.locator(".flash", text("Saved.")).locator("[data-undo]");
        undo.waitFor();
        assertThat(mira.barriers()).isEmpty();
        PortalBrowserTest.looksRight(mira, "record-undo");

        undo.click();

        page.locator(".flash", text("Undone.")).waitFor();
        assertThat(page.locator("h1").innerText()).contains(bug.title());
        assertThat(cast.found(bug.key()).title()).isEqualTo(bug.title());

        var review = cast.inReview("4f9c2ae71b3d5e8f90a1b2c3d4e5f60718293a4b").key();
        at(mira, "/items/" + review + "?move=send_back#form");
        page.locator("#form button[type=submit]").click();
        page.locator(".flash", text("is now at In fix")).waitFor();
        // What its evidence was is void: the way to the review is held, and no button pretends otherwise.
        assertThat(page.locator("[data-undo]").count()).isZero();
    }

    @Test
    void escape_leaves_a_field_as_it_is_and_what_was_typed_comes_back() {
        var bug = cast.reported().key();
        var page = at(mira, "/items/" + bug);
        page.locator("[data-place=impact]").click();
        page.locator("[data-box] #f-impact").fill("Everybody");

        page.keyboard().press("Escape");

        gone(page.locator("[data-editing]"));
        assertThat(page.locator("[data-unsaved]").innerText()).isEqualTo("not saved");
        assertThat(cast.found(bug).fields()).doesNotContainKey("impact");
        page.locator("[data-place=impact]").click();
        assertThat(page.locator("[data-box] #f-impact").inputValue()).isEqualTo("Everybody");
        page.locator("[data-editing] [data-leave]").click();
        gone(page.locator("[data-editing]"));
        assertThat(page.locator("[data-unsaved]").count()).isZero();
    }

    @Test
    void the_second_of_two_editors_is_told_and_saves_over_it_or_takes_theirs() {
        var bug = cast.reported().key();
        var mine = at(mira, "/items/" + bug);
        mine.locator("[data-place=severity]").click();
        mine.locator("[data-box] #f-severity").selectOption("critical");
        var theirs = at(otto, "/items/" + bug);
        theirs.locator("[data-place=severity]").click();
        theirs.locator("[data-box] #f-severity").selectOption("low");
        theirs.locator("[data-editing] button[type=submit]").click();
        gone(theirs.locator("[data-editing]"));

        mine.locator("[data-editing] button[type=submit]").click();

        mine.locator("[data-editing] .error-summary", text("Otto Brandt changed it while you wrote"))
                .waitFor();
        assertThat(mine.locator("[data-editing]").innerText())
                .contains("from “High” to “Low”", "You have “Critical”", "Save over it", "Take theirs");
        assertThat(mine.locator("[data-box] #f-severity").inputValue()).isEqualTo("critical");
        assertThat(mira.barriers()).isEmpty();
        mira.picture("record-conflict");
        mine.locator("[data-editing] button[type=submit]").click();
        gone(mine.locator("[data-editing]"));
        assertThat(cast.found(bug).fields()).containsEntry("severity", "critical");
    }

    @Test
    void a_comment_is_previewed_with_links_and_an_image_that_was_pasted() {
        var other = cast.reported("Another one", Map.of("severity", "low")).key();
        var bug = cast.reported().key();
        var page = at(mira, "/items/" + bug);
        page.keyboard().press("r");
        page.locator("#f-say").fill("As in **" + other + "**\n\n");
        page.locator("#f-say").evaluate(PASTE, java.util.List.of("shot.png", "image/png", PNG));
        page.waitForCondition(() -> page.locator("#f-say").inputValue().contains("![shot.png](/items/" + bug));

        page.locator(".composer button", text("Preview")).click();

        var preview = page.locator(".composer [data-preview]");
        preview.locator("strong a[href='/items/" + other + "']").waitFor();
        page.waitForCondition(() -> (Boolean) preview.locator("img").evaluate("it => it.naturalWidth === 2"));
        assertThat(mira.barriers()).isEmpty();
        page.locator(".composer button[type=submit]").click();
        page.waitForCondition(() -> page.locator(".stream .said img").count() == 1
                && (Boolean) page.locator(".stream .said img").evaluate("it => it.naturalWidth === 2"));
        mira.picture("record-comment");
    }

    @Test
    void an_upload_that_fails_says_why_and_loses_no_text() {
        var bug = cast.reported().key();
        var page = at(mira, "/items/" + bug);
        page.locator("#f-say").fill("Before it ");
        page.locator("#f-say").press("End");

        page.locator("#f-say").evaluate(PASTE, java.util.List.of("empty.png", "image/png", ""));

        page.locator(".composer [data-refused]", text("empty.png was not attached."))
                .waitFor();
        assertThat(page.locator("#f-say").inputValue()).isEqualTo("Before it ");
        mira.complaints().removeIf(complaint -> complaint.contains("/attachments"));
    }

    @Test
    void one_s_own_comment_is_changed_and_deleted_where_it_stands() {
        var bug = cast.reported().key();
        var page = at(mira, "/items/" + bug);
        page.locator("#f-say").fill("Once more");
        page.locator(".composer button[type=submit]").click();
        page.locator(".stream [data-place^=c-]").waitFor();
        // Before its script is there, the link leads to the form on a page of its own.
        page.waitForLoadState();
        page.locator(".stream [data-place^=c-]").click();
        page.locator(".stream #f-text").fill("Twice more");
        page.keyboard().press("Control+Enter");
        page.locator(".stream summary", text("Edited")).click();
        assertThat(page.locator(".stream").innerText()).contains("Twice more", "Once more");
        assertThat(mira.barriers()).isEmpty();

        page.locator(".stream a", text("Delete")).click();
        page.locator("#form button.danger").click();

        page.locator(".stream", text("Mira Solvang deleted this")).waitFor();
        assertThat(page.locator(".stream").innerText()).doesNotContain("more");
    }

    @Test
    void a_link_shows_what_it_leads_to_before_it_is_followed() {
        var other = cast.reported("The one that it blocks", Map.of("severity", "low"))
                .key();
        var bug = cast.reported();
        items.link(bug.key(), "blocks", other, null, cast.paula);
        var page = at(mira, "/items/" + bug.key());
        assertThat(page.locator("section[aria-labelledby=h-links]").innerText())
                .contains("The one that it blocks", "Bug", "Reported", "Nobody assigned");

        page.locator("section[aria-labelledby=h-links] a.rid").focus();

        page.locator("#glance", text("The one that it blocks")).waitFor();
        assertThat(mira.barriers()).isEmpty();
        page.keyboard().press("Escape");
        gone(page.locator("#glance"));
    }

    @Test
    void numbers_branches_and_references_are_copied() {
        var bug = cast.reported().key();
        mira.page().context().grantPermissions(java.util.List.of("clipboard-read", "clipboard-write"));
        var page = at(mira, "/items/" + bug);

        page.keyboard().press("y");
        assertThat(copied(page, bug)).isEqualTo(bug);
        page.locator(".head summary").click();
        page.locator(".head .menu-list button", text("Copy branch name")).click();
        assertThat(copied(page, "bug/")).isEqualTo("bug/" + bug + "-the-editor-loses-the-last-line");
        page.locator(".head summary").click();
        page.locator(".head .menu-list button", text("Copy as Markdown")).click();
        assertThat(copied(page, "["))
                .isEqualTo("[" + bug + " The editor loses the last line](" + address + "/items/" + bug + ")");
    }

    private static String copied(Page page, String begins) {
        page.waitForCondition(() -> ((String) page.evaluate("navigator.clipboard.readText()")).startsWith(begins));
        return (String) page.evaluate("navigator.clipboard.readText()");
    }

    @Test
    void the_records_of_the_list_are_walked_by_keys() {
        for (var n = 0; n < 3; n++) {
            var _ = cast.reported("Walked over " + n, Map.of("severity", "low"));
        }
        var page = at(mira, "/lines/bug?q=product:" + cast.product + "+Walked");
        var keys = page.locator("[data-rows] tbody a.title").evaluateAll("all => all.map(it => it.pathname)");
        page.locator("[data-rows] tbody a.title").first().click();
        page.locator("[data-beside]", text("1 of 3")).waitFor();
        assertThat(mira.barriers()).isEmpty();

        page.keyboard().press("j");

        page.waitForURL("**" + ((java.util.List<?>) keys).get(1));
        page.locator("[data-beside]", text("2 of 3")).waitFor();
        page.keyboard().press("k");
        page.waitForURL("**" + ((java.util.List<?>) keys).getFirst());
    }

    @Test
    void the_keys_of_a_record_press_what_its_page_offers() {
        var bug = cast.inFix().key();
        var page = at(mira, "/items/" + bug);

        page.keyboard().press("a");
        page.locator("[data-box] #f-assignee").waitFor();
        page.keyboard().press("Escape");
        gone(page.locator("[data-editing]"));
        page.keyboard().press("s");
        assertThat((Boolean) page.evaluate("document.activeElement.closest('#signals') !== null"))
                .isTrue();
        page.keyboard().press("m");
        page.waitForURL("**#signals");
        page.keyboard().press("r");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("f-say");
    }

    @Test
    void a_part_that_is_written_in_stays_when_others_change_the_record() {
        var bug = cast.reported().key();
        var page = at(mira, "/items/" + bug);
        page.locator("[data-place=title]").click();
        page.locator("[data-box] #f-title").fill("Mine");

        items.edit(new Items.Edit(bug, "Theirs", null, Map.of(), null, null, null), cast.paula);

        page.locator("[data-news]", text("changed this while you write")).waitFor();
        assertThat(page.locator("[data-box] #f-title").inputValue()).isEqualTo("Mine");
        page.locator("[data-editing] [data-leave]").click();
        page.locator("h1", text("Theirs")).waitFor();
    }

    @Test
    void without_script_a_field_is_changed_on_a_page_of_its_own() {
        var bug = cast.reported().key();
        var page = at(mira, "/items/" + bug + "?edit=impact#form");

        page.locator("#form #f-impact").fill("Some");
        page.locator("#form button[type=submit]").click();

        page.locator(".flash", text("Saved.")).waitFor();
        assertThat(cast.found(bug).fields()).containsEntry("impact", "Some");
        assertThat(page.locator("#form").count()).isZero();
    }
}
