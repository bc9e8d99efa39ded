package dev.conduct.rulebook;

import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.Adoption;
import dev.conduct.procedure.PackDiff;
import dev.conduct.procedure.Procedures;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// The versions, and what each changed.
@Controller
class VersionPages {

    private final Procedures procedures;
    private final People people;
    private final InstantSource time;

    VersionPages(Procedures procedures, People people, InstantSource time) {
        this.procedures = procedures;
        this.people = people;
        this.time = time;
    }

    @GetMapping("/procedure/versions")
    VersionsView versions() {
        var procedure = procedures.at(time.instant());
        var all = procedures.history();
        return new VersionsView(procedure, all, names(all), tabs());
    }

    @GetMapping("/procedure/versions/{version}")
    VersionView version(@PathVariable("version") String name) {
        var all = procedures.history();
        var at = all.stream().map(Adoption::version).toList().indexOf(name);
        if (at < 0) {
            throw Problem.notFound("The procedure version " + name);
        }
        var version = all.get(at);
        var before = at + 1 < all.size() ? all.get(at + 1) : null;
        var names = names(List.of(version));
        return new VersionView(
                version,
                before,
                before == null
                        ? List.of()
                        : PackDiff.of(procedures.version(before.version()), procedures.version(name)),
                names.getOrDefault(version.adoptedBy(), "the installation"),
                version.approvedBy() == null ? null : names.getOrDefault(version.approvedBy(), version.approvedBy()),
                tabs());
    }

    private Tabs tabs() {
        return Tabs.of(procedures.at(time.instant()), procedures, "/procedure/versions");
    }

    private Map<String, String> names(Collection<Adoption> adoptions) {
        var ids = adoptions.stream()
                .flatMap(it -> Stream.of(it.adoptedBy(), it.approvedBy()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return people.byId(ids).values().stream().collect(Collectors.toMap(People.Person::id, People.Person::name));
    }
}
