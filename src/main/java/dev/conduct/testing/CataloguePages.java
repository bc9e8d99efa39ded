package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.identity.Teams;
import dev.conduct.kernel.Problem;
import dev.conduct.mocks.StandIns;
import dev.conduct.shell.Flash;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The integration catalogue: a map, its table, and the holes in it.
@Controller
@RequestMapping("/testing/{product}/catalogue")
class CataloguePages {

    private final TestedProducts tested;
    private final Catalogue catalogue;
    private final People people;
    private final Teams teams;
    private final StandIns standIns;

    CataloguePages(TestedProducts tested, Catalogue catalogue, People people, Teams teams, StandIns standIns) {
        this.standIns = standIns;
        this.tested = tested;
        this.catalogue = catalogue;
        this.people = people;
        this.teams = teams;
    }

    /// @param mocks that stand in for the parts
    /// @param owners names of people and teams, by id
    /// @param node the part that is changed, null for a new one; as is the point
    record CatalogueView(
            Products.Product product,
            List<Catalogue.Node> nodes,
            List<Catalogue.Point> points,
            CatalogueMap map,
            List<StandIns.StandIn> mocks,
            Map<String, String> owners,
            Catalogue.@Nullable Node node,
            Catalogue.@Nullable Point point,
            boolean mayTest,
            Entered entered)
            implements View {

        TestingTabs tabs() {
            return new TestingTabs(product.key(), "catalogue");
        }

        String path() {
            return "/testing/" + product.key() + "/catalogue";
        }

        List<StandIns.StandIn> mocks(Catalogue.Node of) {
            return mocks.stream()
                    .filter(mock -> mock.external().equals(of.id()))
                    .toList();
        }

        long holes() {
            return points.stream().filter(Catalogue.Point::hole).count();
        }

        String owner(String id) {
            return owners.getOrDefault(id, "");
        }

        String node(String field, String usual) {
            return entered.of("node") ? entered.value(field, usual) : usual;
        }

        String point(String field, String usual) {
            return entered.of("point") ? entered.value(field, usual) : usual;
        }

        @Override
        public String template() {
            return "testing/catalogue.jte";
        }

        @Override
        public String title() {
            return entered.heading("Integration catalogue of " + product.name());
        }

        @Override
        public List<Crumb> crumbs() {
            return TestingTabs.crumbs(product);
        }

        @Override
        public HttpStatus status() {
            return entered.status();
        }
    }

    @GetMapping
    CatalogueView show(
            @PathVariable("product") String key,
            @RequestParam(name = "node", required = false) @Nullable UUID node,
            @RequestParam(name = "point", required = false) @Nullable UUID point,
            Actor actor) {
        return page(key, node, point, Entered.NOTHING, actor);
    }

    @PostMapping("/parts")
    Object part(
            @PathVariable("product") String key,
            @RequestParam(name = "id", required = false) @Nullable UUID id,
            @RequestParam Map<String, String> form,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            var node = catalogue.write(
                    key,
                    id,
                    new Catalogue.NewNode(
                            form.getOrDefault("name", ""),
                            form.getOrDefault("kind", ""),
                            form.getOrDefault("owner", ""),
                            form.getOrDefault("mock", ""),
                            form.containsKey("retired")),
                    actor);
            Flash.done(redirect, node.name() + (node.retired() ? " is retired." : " is in the catalogue."));
            return "redirect:/testing/" + key + "/catalogue";
        } catch (Problem refused) {
            return page(key, id, null, Entered.refused("node", form, refused), actor);
        }
    }

    @PostMapping("/points")
    Object point(
            @PathVariable("product") String key,
            @RequestParam(name = "id", required = false) @Nullable UUID id,
            @RequestParam(name = "from", required = false) @Nullable UUID from,
            @RequestParam(name = "to", required = false) @Nullable UUID to,
            @RequestParam Map<String, String> form,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            var point = catalogue.write(
                    key,
                    id,
                    new Catalogue.NewPoint(
                            from,
                            to,
                            form.getOrDefault("name", ""),
                            form.getOrDefault("kind", ""),
                            form.getOrDefault("protocol", ""),
                            form.getOrDefault("criticality", ""),
                            form.getOrDefault("owner", ""),
                            form.containsKey("retired")),
                    actor);
            Flash.done(redirect, point.name() + (point.retired() ? " is retired." : " is in the catalogue."));
            return "redirect:/testing/" + key + "/catalogue";
        } catch (Problem refused) {
            return page(key, null, id, Entered.refused("point", form, refused), actor);
        }
    }

    private CatalogueView page(String key, @Nullable UUID node, @Nullable UUID point, Entered entered, Actor actor) {
        var product = tested.find(key, actor);
        var nodes = catalogue.nodes(key);
        var points = catalogue.points(key);
        return new CatalogueView(
                product,
                nodes,
                points,
                CatalogueMap.of(nodes, points),
                standIns.of(key),
                owners(Stream.concat(
                                nodes.stream().map(Catalogue.Node::owner),
                                points.stream().map(Catalogue.Point::owner))
                        .filter(owner -> !owner.isEmpty())
                        .distinct()
                        .toList()),
                nodes.stream().filter(it -> it.id().equals(node)).findFirst().orElse(null),
                points.stream().filter(it -> it.id().equals(point)).findFirst().orElse(null),
                tested.mayTest(key, actor),
                entered);
    }

    private Map<String, String> owners(List<String> ids) {
        var names = new HashMap<String, String>();
        people.byId(ids.stream().filter(id -> !id.startsWith("team:")).toList())
                .values()
                .forEach(person -> names.put(person.id(), person.name()));
        if (ids.stream().anyMatch(id -> id.startsWith("team:"))) {
            teams.all().forEach(team -> names.put(team.reader(), "team:" + team.name()));
        }
        return names;
    }
}
