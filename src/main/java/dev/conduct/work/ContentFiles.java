package dev.conduct.work;

import dev.conduct.kernel.Problem;
import dev.conduct.keys.Purpose;
import dev.conduct.keys.SealedFiles;
import dev.conduct.keys.SealedStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Under which key each attached content lies; brings them under new keys, and encrypts those that came before there
/// was encryption.
@Component
class ContentFiles implements SealedStore {

    /// They are read and written whole.
    private static final int AT_ONCE = 5;

    private final JdbcClient database;
    private final Blobs blobs;
    private final SealedFiles files;

    ContentFiles(JdbcClient database, Blobs blobs, SealedFiles files) {
        this.database = database;
        this.blobs = blobs;
        this.files = files;
    }

    @Override
    public Purpose purpose() {
        return Purpose.FILES;
    }

    @Override
    public String says() {
        return "Attachments of records";
    }

    /// Held shared by who gives a content its place, until the commit; alone by who sweeps one away.
    static final long PLACES = 0x636f_6e64_7563_7401L;

    /// Gives a content that arrived its place, in the caller's transaction.
    void place(Blobs.Arrived content) {
        database.sql("select pg_advisory_xact_lock_shared(:places)")
                .param("places", PLACES)
                .query((row, number) -> 0)
                .single();
        settled(content.sha256(), blobs.settle(content));
    }

    /// A content found its place, in the caller's transaction.
    ///
    /// @param written false when equal content stood there already
    void settled(String sha256, boolean written) {
        database.sql("""
                insert into work.content (sha256, key) values (:sha256, :key)
                on conflict (sha256) do update set key = case when :written then excluded.key else content.key end
                """)
                .param("sha256", sha256)
                .param("key", files.newest())
                .param("written", written)
                .update();
    }

    void swept(String sha256) {
        database.sql("delete from work.content where sha256 = :sha256")
                .param("sha256", sha256)
                .update();
    }

    @Override
    public Map<Long, Long> perKey() {
        var counts = new HashMap<Long, Long>();
        database.sql("select key, count(*) as files from work.content group by key")
                .query(row -> {
                    counts.put(row.getLong("key"), row.getLong("files"));
                });
        return counts;
    }

    @Override
    public int renew(int most) {
        var names = database.sql("""
                select sha256 from work.content where key <> :key limit :most for update skip locked
                """)
                .param("key", files.newest())
                .param("most", Math.min(most, AT_ONCE))
                .query((row, number) -> row.getString("sha256"))
                .list();
        for (var name : names) {
            try {
                blobs.renew(name);
            } catch (IOException failed) {
                var problem = Problem.unavailable("no_room", "An attachment could not be brought under a new key.");
                problem.initCause(failed);
                throw problem;
            }
            database.sql("update work.content set key = :key where sha256 = :sha256")
                    .param("key", files.newest())
                    .param("sha256", name)
                    .update();
        }
        return names.size();
    }
}
