package dev.conduct.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The bytes that were fixed before anything was written: whoever checks the ledger in ten years has these too.
class GoldenVectorTest {

    private static final List<String> ENTRIES = List.of("""
            {"action":"auth.login","actor":"user:7","at":"2026-11-23T12:00:00.000Z","id":"01936f3e-0000-7000-8000-000000000001","object":"user:7","outcome":"success","pii":{"ip":"TnTMGJqJRm7x/P3Zl/N2pJcIOFJ+HuAXr3603ufVzU8="},"v":1}""", """
            {"action":"ticket.create","actor":"user:7","at":"2026-11-23T12:00:01.000Z","id":"01936f3e-0000-7000-8000-000000000002","object":"ticket:1","outcome":"success","pii":{"requester_email":"IHHuesekv1nNrQdTatUrqUFj+oztTtJFinTKHvHZbL4="},"v":1}""", """
            {"action":"ticket.transition","actor":"user:7","at":"2026-11-23T12:00:02.000Z","data":{"from":"open","reason":"missing_approval","to":"closed"},"id":"01936f3e-0000-7000-8000-000000000003","object":"ticket:1","outcome":"denied","v":1}""");
    private static final List<String> LEAVES = List.of(
            "2dc76250a8b542a4491a33b82346da12ca047c05eb0a59afedb746068049346b",
            "ef41ce44492026014907a7025fb7604b9e789db91fbce65e65ab11b2543f4260",
            "1d80d80f6e8e709b5ea616f98c396b64ac741b2e2c19d790ce5bf1d798b60507");
    private static final String ROOT_OF_2 = "741b956a803972046d784fa61c7a9601f45f76e60bbabce542d2d3ccca1125b3";
    private static final String ROOT_OF_3 = "0b635362e76944943e3e186ccdb08e66d9bbc37906013793481f39716312aff9";
    private static final String NOTE = """
            ops.example.com/audit
            3
            C2NTYudpRJQ+PhhszbCOZtm7w3kGATeTSB85cWMSr/k=

            — ops.example.com/audit Xxt4m0JIP8Xgx7RH21paHzCBmE4W6mPGZdMYM4zyN71FHRfRsU7FqmsE/q6q1t/siyf7wtjVhSFmVtxgINC0vh3PPgY=
            """;
    private static final String KEY = "ops.example.com/audit+5f1b789b+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c";

    @Test
    void entries_are_their_own_canonical_form() {
        for (var entry : ENTRIES) {
            var bytes = entry.getBytes(StandardCharsets.UTF_8);
            assertThat(CanonicalJson.bytes(CanonicalJson.read(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void commitments() {
        var salt = new byte[32];
        for (var i = 0; i < salt.length; i++) {
            salt[i] = (byte) i;
        }

        var commitment = Secrets.commitment(salt, "ip", "203.0.113.9");

        assertThat(Base64.getEncoder().encodeToString(commitment))
                .isEqualTo("TnTMGJqJRm7x/P3Zl/N2pJcIOFJ+HuAXr3603ufVzU8=");
    }

    @Test
    void leaves_roots_and_proofs() {
        var leaves = ENTRIES.stream()
                .map(entry -> Merkle.leaf(entry.getBytes(StandardCharsets.UTF_8)))
                .toList();
        var nodes = new MemoryTree(leaves);

        assertThat(hex(leaves)).isEqualTo(LEAVES);
        assertThat(hex(List.of(Proofs.root(0, 2, nodes), Proofs.root(0, 3, nodes))))
                .containsExactly(ROOT_OF_2, ROOT_OF_3);
        assertThat(hex(Proofs.inclusion(1, 3, nodes))).containsExactly(LEAVES.get(0), LEAVES.get(2));
        assertThat(hex(Proofs.consistency(2, 3, nodes))).containsExactly(LEAVES.get(2));
    }

    @Test
    void a_signed_checkpoint() {
        var seed = new byte[32];
        Arrays.fill(seed, (byte) 1);
        var key = new SigningKey("ops.example.com/audit", seed);
        var checkpoint =
                new Checkpoint("ops.example.com/audit", 3, HexFormat.of().parseHex(ROOT_OF_3));

        assertThat(key.verifier()).hasToString(KEY).isEqualTo(VerifierKey.parse(KEY));
        assertThat(checkpoint.signedBy(key)).isEqualTo(NOTE);
        assertThat(Checkpoint.opened(NOTE, VerifierKey.parse(KEY))).isEqualTo(checkpoint);
    }

    private static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(HexFormat.of()::formatHex).toList();
    }
}
