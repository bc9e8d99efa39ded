package dev.conduct.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Public vectors of the Merkle tree (certificate transparency) and of canonical JSON, where they are at hand.
class ConformanceTest {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void trees_of_certificate_transparency() throws IOException {
        var vectors = JsonMapper.shared().readTree(Files.readString(corpus("merkle-rfc6962/leaves-nodes-roots.json")));
        var leaves = new ArrayList<byte[]>();
        var frontier = new Frontier();
        var roots = vectors.get("root_hashes_by_tree_size");
        assertThat(frontier.root()).isEqualTo(HEX.parseHex(roots.get(0).asString()));

        for (var input : vectors.get("leaf_inputs_hex")) {
            leaves.add(Merkle.leaf(HEX.parseHex(input.asString())));
            frontier.append(leaves.getLast());
            assertThat(frontier.root())
                    .isEqualTo(HEX.parseHex(roots.get(leaves.size()).asString()));
        }

        var tree = new MemoryTree(leaves);
        var levels = vectors.get("node_hashes");
        for (var level = 0; level < levels.size(); level++) {
            for (var index = 0; index < levels.get(level).size(); index++) {
                assertThat(tree.hash(level, index))
                        .isEqualTo(hash(levels.get(level).get(index)));
            }
        }
    }

    @Test
    void canonical_json() throws IOException {
        for (var name : new String[] {"arrays", "french", "structures", "values"}) {
            var input = Files.readString(corpus("jcs-rfc8785/" + name + ".input.json"));
            var expected = Files.readString(corpus("jcs-rfc8785/" + name + ".expected.json"));

            assertThat(new org.erdtman.jcs.JsonCanonicalizer(input).getEncodedString())
                    .as(name)
                    .isEqualTo(expected);
        }
    }

    private static byte[] hash(JsonNode node) {
        return HEX.parseHex(node.asString());
    }

    private static Path corpus(String name) {
        var root = Optional.ofNullable(System.getenv("CONDUCT_CORPUS")).orElse("../shared/data");
        for (var start : new Path[] {Path.of(root), Path.of("..").resolve(root)}) {
            var file = start.resolve("conformance").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        assumeTrue(false, "no conformance vectors at hand");
        throw new IllegalStateException();
    }
}
