package dev.conduct.quality;

import dev.conduct.quality.CoverageRows.Covered;
import dev.conduct.quality.CoverageRows.OfComponent;
import java.util.ArrayList;
import java.util.List;

/// The tiles of a treemap of coverage: components when paths say which files are theirs, folders otherwise.
final class CoverageTiles {

    private static final int TILES = 40;

    private CoverageTiles() {}

    /// @param folders the largest first
    /// @param limit in per cent, below which a critical component stands out
    static List<CoverageView.TileOf> of(Run run, List<OfComponent> components, List<Covered> folders, long limit) {
        var base = "/quality/" + run.product() + "/coverage?run=" + run.id();
        var parts = new ArrayList<OfComponent>();
        components.stream().filter(one -> one.lines() > 0).forEach(parts::add);
        var named = parts.stream().anyMatch(one -> !one.name().isEmpty());
        if (!named) {
            parts.clear();
            folders.stream()
                    .filter(one -> one.lines() > 0)
                    .limit(TILES)
                    .map(one -> new OfComponent(one.path(), false, 0, 0, 0, one.lines(), one.covered()))
                    .forEach(parts::add);
        }
        var shared = named ? "" : shared(parts.stream().map(OfComponent::name).toList());
        return Treemap.of(parts.stream().map(OfComponent::lines).toList()).stream()
                .map(tile -> {
                    var part = parts.get(tile.item());
                    return new CoverageView.TileOf(
                            tile,
                            part.name().isEmpty() ? "the rest" : below(shared, part.name()),
                            named
                                    ? base + "#h-components"
                                    : base + "&folder=" + CoveragePages.escaped(part.name()) + "#h-files",
                            part.percent(),
                            part.critical(),
                            tone(part, limit));
                })
                .toList();
    }

    /// The folders that all of these lie in, which no tile needs to say.
    private static String shared(List<String> folders) {
        var first = folders.isEmpty() ? "" : folders.getFirst();
        var end = first.lastIndexOf('/');
        while (end >= 0) {
            var prefix = first.substring(0, end + 1);
            if (folders.stream().allMatch(folder -> (folder + "/").startsWith(prefix))) {
                return prefix;
            }
            end = first.lastIndexOf('/', end - 1);
        }
        return "";
    }

    /// Files may lie in that very folder too, which then says its last name.
    private static String below(String shared, String folder) {
        return folder.length() > shared.length()
                ? folder.substring(shared.length())
                : folder.substring(folder.lastIndexOf('/') + 1);
    }

    private static String tone(OfComponent part, long limit) {
        if (part.critical() && part.percent() < limit) {
            return "below";
        }
        return part.percent() >= 90 ? "q4" : part.percent() >= 80 ? "q3" : part.percent() >= 65 ? "q2" : "q1";
    }
}
