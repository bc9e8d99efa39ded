package dev.conduct.ledger;

import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.verify.Proofs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// The proofs, for whoever wants to check them: signed checkpoint, entries, inclusion, consistency, bundle. Hashes are
/// in hex.
@RestController
@Tag(name = "ledger")
@RequestMapping("/api/v1/ledger")
class LedgerController {

    private final JdbcTemplate jdbc;
    private final SignedNotes notes;
    private final LedgerKeys keys;
    private final Bundles bundles;

    LedgerController(JdbcTemplate jdbc, SignedNotes notes, LedgerKeys keys, Bundles bundles) {
        this.jdbc = jdbc;
        this.notes = notes;
        this.keys = keys;
        this.bundles = bundles;
    }

    /// @param entry the sealed bytes as text (UTF-8); `leaf` is SHA-256 of a zero byte and them
    record SealedEntry(long index, String entry, String leaf) {}

    record Inclusion(long entry, long size, String leaf, String root, List<String> path) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Consistency(long from, long to, String fromRoot, String toRoot, List<String> path) {}

    /// The last signed note; it tells how many events there are and nothing about them.
    @GetMapping(path = "/checkpoint", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(operationId = "getCheckpoint", summary = "The last signed checkpoint (C2SP signed note)")
    @ApiResponse(responseCode = "200", description = "The note")
    @ApiResponse(responseCode = "404", description = "Nothing was signed yet.")
    String checkpoint() {
        return notes.lastWithWitnesses().orElseThrow(() -> Problem.notFound("A signed checkpoint"));
    }

    /// The public key that checkpoints are signed with.
    @GetMapping(path = "/key", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(operationId = "getKey", summary = "The public key of checkpoints")
    String key() {
        return keys.log().verifier() + "\n";
    }

    @GetMapping("/entries")
    @Operation(operationId = "listEntries", summary = "Sealed entries, oldest first, page by page")
    Page<SealedEntry> entries(
            @Parameter(description = "Index of the first entry, from 0.") @RequestParam(defaultValue = "0") long from,
            @RequestParam(required = false) @Nullable Long cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var start = cursor == null ? from : cursor;
        if (start < 0) {
            throw Problem.badInput("from", "negative", "is " + start + "; entries are counted from 0.");
        }
        var most = limit == null ? Page.MOST : Page.limit(limit);
        var entries = jdbc.query(
                """
                select leaf.index, event.entry, leaf.hash
                  from ledger.leaf
                  join ledger.event on event.row = leaf.row
                 where leaf.index >= ? and leaf.index < ?
                 order by leaf.index
                """,
                (row, number) -> new SealedEntry(
                        row.getLong(1), new String(row.getBytes(2), StandardCharsets.UTF_8), hex(row.getBytes(3))),
                start,
                start + most);
        var next = start + entries.size();
        return new Page<>(entries, next < size() ? String.valueOf(next) : null);
    }

    @GetMapping("/proof")
    @Operation(operationId = "proveInclusion", summary = "That an entry is in a tree of a size; by default the whole")
    Inclusion proof(
            @Parameter(description = "Index of the entry, from 0.", example = "0") @RequestParam long entry,
            @Parameter(description = "Of the tree; by default what is sealed now.")
                    @RequestParam(required = false)
                    @Nullable
                    Long size) {
        var of = size == null ? size() : size;
        mustExist("size", of);
        if (entry < 0 || entry >= of) {
            throw Problem.badInput(
                    "entry", "not_in_tree", "is " + entry + "; a tree of " + of + " has 0 to " + (of - 1) + ".");
        }
        var tiles = new Tiles(jdbc);
        return new Inclusion(
                entry, of, hex(tiles.hash(0, entry)), hex(tiles.root(of)), hex(Proofs.inclusion(entry, of, tiles)));
    }

    @GetMapping("/consistency")
    @Operation(operationId = "proveConsistency", summary = "That a later tree only added to an earlier one")
    Consistency consistency(
            @Parameter(description = "Size of the earlier tree.", example = "1") @RequestParam long from,
            @Parameter(description = "Size of the later tree; by default what is sealed now.")
                    @RequestParam(required = false)
                    @Nullable
                    Long to) {
        var end = to == null ? size() : to;
        mustExist("to", end);
        mustExist("from", from);
        if (from > end) {
            throw Problem.badInput("from", "after_to", "is " + from + ", which is after " + end + ".");
        }
        var tiles = new Tiles(jdbc);
        return new Consistency(
                from, end, hex(tiles.root(from)), hex(tiles.root(end)), hex(Proofs.consistency(from, end, tiles)));
    }

    /// The whole log in one file, to be checked without this server.
    ///
    /// @param content whether free text and personal values go along
    @GetMapping("/bundle")
    @Operation(
            operationId = "getLedgerBundle",
            summary = "The whole log in one file, to be checked offline by `verify`")
    @ApiResponse(responseCode = "200", description = "The bundle", content = @Content(mediaType = "application/zip"))
    @ApiResponse(responseCode = "404", description = "Nothing was signed yet.")
    @ApiResponse(responseCode = "409", description = "Nothing was signed yet.")
    void bundle(
            @Parameter(description = "Whether free text and personal values go along.")
                    @RequestParam(defaultValue = "false")
                    boolean content,
            HttpServletResponse response)
            throws IOException {
        checkpoint();
        response.setContentType("application/zip");
        response.setHeader("Content-Disposition", "attachment; filename=\"conduct-ledger.zip\"");
        bundles.whole(content, response.getOutputStream());
    }

    private long size() {
        var size = jdbc.queryForObject("select size from ledger.tree", Long.class);
        return size == null ? 0 : size;
    }

    private void mustExist(String field, long size) {
        if (size < 0 || size > size()) {
            throw Problem.badInput(
                    field, "no_such_tree", "is " + size + "; the log has " + size() + " sealed entries now.");
        }
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(LedgerController::hex).toList();
    }
}
