package dev.conduct.rulebook;

import dev.conduct.procedure.Adoption;
import dev.conduct.procedure.PackDiff;
import dev.conduct.shell.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One version: what it changed, in words, against the one in force before it.
///
/// @param before null for the first
/// @param approver, adopter by name
record VersionView(
        Adoption version,
        @Nullable Adoption before,
        List<PackDiff.Change> changes,
        String adopter,
        @Nullable String approver,
        Tabs tabs)
        implements View {

    @Override
    public String template() {
        return "rulebook/version.jte";
    }

    @Override
    public String title() {
        return "Procedure " + version.version() + (before == null ? "" : ", what it changed");
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(
                new Crumb("Procedure", "/procedure", false),
                new Crumb("Versions", "/procedure/versions", false),
                new Crumb(
                        before == null ? version.version() : before.version() + " to " + version.version(),
                        null,
                        true));
    }

    Map<String, List<PackDiff.Change>> parts() {
        var parts = new LinkedHashMap<String, List<PackDiff.Change>>();
        changes.forEach(it -> parts.computeIfAbsent(it.part(), unused -> new java.util.ArrayList<>())
                .add(it));
        return parts;
    }

    long of(String change) {
        return changes.stream().filter(it -> it.change().equals(change)).count();
    }

    static String sign(String change) {
        return switch (change) {
            case "added" -> "+";
            case "removed" -> "\u2212";
            default -> "\u00b1";
        };
    }
}
