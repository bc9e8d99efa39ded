package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Html;
import dev.conduct.procedure.ItemType;
import dev.conduct.quality.TestLinks.Linked;
import dev.conduct.work.ItemPanel;
import dev.conduct.work.ItemPast;
import dev.conduct.work.Items;
import gg.jte.Content;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The tests of an item on its page, as they came out last, the reports of its commit, and where tests say that it
/// could move: a proposal, which a person takes through the gates of the move or leaves.
@Component
class LinkedTestsPanel implements ItemPanel {

    private final TestLinks links;
    private final SeenProducts seen;
    private final Items items;
    private final Html html;

    LinkedTestsPanel(TestLinks links, SeenProducts seen, Items items, Html html) {
        this.links = links;
        this.seen = seen;
        this.items = items;
        this.html = html;
    }

    /// A move that tests speak for.
    ///
    /// @param held how many signals stand before it
    record Proposal(String says, String label, String href, int held) {}

    @Override
    public int order() {
        return 40;
    }

    @Override
    public @Nullable Content of(ItemPast past, Actor actor) {
        var item = past.item();
        var linked = past.maybe("test.link") ? links.ofItem(item.product(), item.key()) : List.<Linked>of();
        var commit = past.standing()
                .type()
                .commitInForce(item.fields(), item.state())
                .orElse("");
        if (linked.isEmpty() && commit.isEmpty() || !seen.reads(item.product(), actor)) {
            return null;
        }
        var proposals = linked.isEmpty() ? List.<Proposal>of() : proposals(past, linked, actor);
        var panel = html.render(
                "quality/linked.jte",
                Map.of(
                        "product",
                        item.product(),
                        "commit",
                        commit,
                        "tests",
                        linked,
                        "proposals",
                        proposals,
                        "again",
                        proposals.isEmpty()
                                && past.standing().ended()
                                && linked.stream().anyMatch(Linked::fails)));
        return output -> output.writeContent(panel);
    }

    private List<Proposal> proposals(ItemPast past, List<Linked> linked, Actor actor) {
        var green = linked.stream().allMatch(Linked::passes);
        var red = linked.stream().anyMatch(Linked::fails);
        if (!red && (!green || past.standing().ended())) {
            return List.of();
        }
        var type = past.standing().type();
        return items.verdicts(past.item().key(), actor).stream()
                .filter(verdict -> verdict.role() == null)
                .filter(verdict -> leads(type, verdict.transition(), red))
                .limit(2)
                .map(verdict -> new Proposal(
                        red ? "A test of it fails." : "Its tests pass.",
                        verdict.transition().title(),
                        "/items/" + past.item().key() + "?move="
                                + verdict.transition().name() + "#form",
                        verdict.blockedBy().size()))
                .toList();
    }

    /// Forward when its tests pass; back, from an end too and not to one, when one fails.
    private static boolean leads(ItemType type, ItemType.Transition transition, boolean red) {
        var to = transition.to();
        return to != null && transition.back() == red && (!red || !type.ended().contains(to));
    }
}
