package dev.conduct.identity;

import dev.conduct.kernel.Problem;
import java.util.HashSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Before the first page is served, whoever was erased and is known again is erased again: the database is an
/// older one, from a backup. And whoever the list does not name yet is added: the server stopped in between.
@Component
class EraseAgain implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EraseAgain.class);
    /// The web server starts near the end of all phases.
    private static final int BEFORE_PAGES = 0;

    private final JdbcClient db;
    private final ErasedList list;
    private final Erasures erasures;
    private volatile boolean running;

    EraseAgain(JdbcClient db, ErasedList list, Erasures erasures) {
        this.db = db;
        this.list = list;
        this.erasures = erasures;
    }

    @Override
    public void start() {
        running = true;
        var named = list.all();
        var erased = new HashSet<>(db.sql("select person from identity.erasure where erased_at is not null")
                .query((row, number) -> row.getObject("person", UUID.class))
                .list());
        for (var person : named) {
            if (!erased.contains(person)) {
                log.warn("Somebody who was erased is in this database again, as in a backup from before; erased again");
                eraseAgain(person);
            }
        }
        erased.stream().filter(person -> !named.contains(person)).forEach(list::add);
    }

    private void eraseAgain(UUID person) {
        try {
            erasures.again(person);
        } catch (Problem unwritable) {
            log.error(
                    "The ledger cannot be written to, so the erasure is not recorded yet; the person is shut all the"
                            + " same",
                    unwritable);
            erasures.shut(person);
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return BEFORE_PAGES;
    }
}
