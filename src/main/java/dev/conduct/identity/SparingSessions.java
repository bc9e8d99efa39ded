package dev.conduct.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Primary;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Sessions in the database, at the price of one statement a page. Each page would write when its session was last
/// used, durably; within a minute it is near enough: a session left alone ends up to a minute early.
@Primary
@Component
class SparingSessions implements FindByIndexNameSessionRepository<SparingSessions.Kept> {

    private static final Logger log = LoggerFactory.getLogger(SparingSessions.class);
    private static final Duration NEAR_ENOUGH = Duration.ofMinutes(1);

    private final FindByIndexNameSessionRepository<Session> stored;
    private final TransactionTemplate transaction;

    /// What this request saved last. Before the answer begins the framework reads the session once more, only to see
    /// whether the cookie still fits it.
    private final ThreadLocal<@Nullable Kept> saved = new ThreadLocal<>();

    @SuppressWarnings("unchecked")
    SparingSessions(JdbcIndexedSessionRepository stored, PlatformTransactionManager transactions) {
        // Its own kind of session has a name that only its package may say.
        this.stored = (FindByIndexNameSessionRepository<Session>) (FindByIndexNameSessionRepository<?>) stored;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public Kept createSession() {
        return new Kept(stored.createSession(), true);
    }

    @Override
    public void save(Kept session) {
        if (session.changed) {
            transaction.executeWithoutResult(status -> stored.save(session.stored));
            session.changed = false;
        }
        saved.set(session);
    }

    /// Another request begins on this thread: nothing is known of its session.
    void begin() {
        saved.remove();
    }

    @Override
    public @Nullable Kept findById(String id) {
        var just = saved.get();
        if (just != null && just.getId().equals(id)) {
            return just;
        }
        var found = stored.findById(id);
        return found == null ? null : new Kept(found, false);
    }

    @Override
    public void deleteById(String id) {
        saved.remove();
        stored.deleteById(id);
    }

    @Override
    public Map<String, Kept> findByIndexNameAndIndexValue(String index, String value) {
        var found = new LinkedHashMap<String, Kept>();
        stored.findByIndexNameAndIndexValue(index, value)
                .forEach((id, session) -> found.put(id, new Kept(session, false)));
        return found;
    }

    /// A stored session that knows whether it is to be written.
    static final class Kept implements Session {

        private final Session stored;
        private boolean changed;

        private Kept(Session stored, boolean changed) {
            this.stored = stored;
            this.changed = changed;
        }

        @Override
        public String getId() {
            return stored.getId();
        }

        @Override
        public String changeSessionId() {
            changed = true;
            return stored.changeSessionId();
        }

        @Override
        public <T> @Nullable T getAttribute(String name) {
            try {
                return stored.getAttribute(name);
            } catch (ConversionFailedException unreadable) {
                // Somebody else wrote it, or under a key that is gone: the session holds nothing.
                log.warn("What a session holds does not open; it is as if it were empty");
                return null;
            }
        }

        @Override
        public Set<String> getAttributeNames() {
            return stored.getAttributeNames();
        }

        @Override
        @SuppressWarnings("NullAway") // the store takes null as removal, as Session.setAttribute says
        public void setAttribute(String name, @Nullable Object value) {
            changed = true;
            stored.setAttribute(name, value);
        }

        @Override
        public void removeAttribute(String name) {
            changed = true;
            stored.removeAttribute(name);
        }

        @Override
        public Instant getCreationTime() {
            return stored.getCreationTime();
        }

        @Override
        public void setLastAccessedTime(Instant used) {
            if (!ByItself.underWay()
                    && used.isAfter(stored.getLastAccessedTime().plus(NEAR_ENOUGH))) {
                changed = true;
                stored.setLastAccessedTime(used);
            }
        }

        @Override
        public Instant getLastAccessedTime() {
            return stored.getLastAccessedTime();
        }

        @Override
        public void setMaxInactiveInterval(Duration idle) {
            changed = true;
            stored.setMaxInactiveInterval(idle);
        }

        @Override
        public Duration getMaxInactiveInterval() {
            return stored.getMaxInactiveInterval();
        }

        @Override
        public boolean isExpired() {
            return stored.isExpired();
        }
    }
}
