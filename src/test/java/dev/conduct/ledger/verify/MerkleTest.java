package dev.conduct.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MerkleTest {

    @Property(tries = 200)
    void the_frontier_has_the_root_of_the_definition(@ForAll @IntRange(max = 600) int size) {
        var tree = tree(size);
        var frontier = new Frontier();
        tree.leaves().forEach(frontier::append);

        assertThat(frontier.root()).isEqualTo(tree.root(0, size));
        assertThat(Frontier.of(size, tree).root()).isEqualTo(tree.root(0, size));
    }

    @Property(tries = 200)
    void every_entry_is_proved_and_only_in_its_place(
            @ForAll @IntRange(min = 1, max = 300) int size,
            @ForAll @IntRange(max = 299) int index,
            @ForAll @IntRange(max = 299) int other) {
        var tree = tree(size);
        var at = index % size;
        var elsewhere = other % size;
        var root = tree.root(0, size);
        var leaf = tree.leaves().get(at);
        var path = Proofs.inclusion(at, size, tree);

        assertThat(Proofs.includes(root, size, at, leaf, path)).isTrue();
        assertThat(Proofs.includes(root, size, elsewhere, leaf, path)).isEqualTo(elsewhere == at);
        assertThat(Proofs.includes(root, size, at, Merkle.leaf(new byte[] {9}), path))
                .isFalse();
        assertThat(Proofs.includes(root, size, size, leaf, path)).isFalse();
        if (!path.isEmpty()) {
            assertThat(Proofs.includes(root, size, at, leaf, path.subList(1, path.size())))
                    .isFalse();
            var longer = new ArrayList<>(path);
            longer.add(leaf);
            assertThat(Proofs.includes(root, size, at, leaf, longer)).isFalse();
        }
    }

    @Property(tries = 200)
    void a_tree_is_the_beginning_of_every_later_one(
            @ForAll @IntRange(max = 300) int from, @ForAll @IntRange(max = 300) int more) {
        var to = from + more;
        var tree = tree(to);

        assertThat(Proofs.consistent(
                        from, tree.root(0, from), to, tree.root(0, to), Proofs.consistency(from, to, tree)))
                .isTrue();
    }

    @Property(tries = 200)
    void no_proof_leads_from_a_tree_to_one_with_another_past(
            @ForAll @IntRange(min = 1, max = 200) int from,
            @ForAll @IntRange(max = 200) int more,
            @ForAll @IntRange(max = 199) int changed) {
        var to = from + more;
        var honest = tree(to);
        var leaves = new ArrayList<>(honest.leaves());
        leaves.set(changed % from, Merkle.leaf(new byte[] {7, 7, 7}));
        var forged = new MemoryTree(leaves);

        assertThat(Proofs.consistent(
                        from, honest.root(0, from), to, forged.root(0, to), Proofs.consistency(from, to, forged)))
                .isFalse();
    }

    private static MemoryTree tree(int size) {
        return new MemoryTree(IntStream.range(0, size)
                .mapToObj(i -> Merkle.leaf(new byte[] {(byte) i, (byte) (i >> 8)}))
                .toList());
    }
}
