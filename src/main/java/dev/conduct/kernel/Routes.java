package dev.conduct.kernel;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/// The routes a module opens. Each module declares its own as a bean; what nobody declares is denied, and a test
/// finds every handler that is in no declaration.
public interface Routes {

    List<Route> routes();

    /// One method and path pattern and who may call it.
    ///
    /// @param rights for `Access.RIGHTS`: any of these suffices; otherwise empty
    /// @param stepUp true when a session must have given its second factor within the last 15 minutes
    /// @param recordedAs the action (`people.read`) under which each reading stands in the ledger before it is
    ///     answered; null for what is read freely
    /// @param outside true when customers may call it too; everything else that asks who calls is for those inside
    record Route(
            HttpMethod method,
            String pattern,
            Access access,
            Set<Right> rights,
            boolean stepUp,
            @Nullable String recordedAs,
            boolean outside) {

        public Route(HttpMethod method, String pattern, Access access, Set<Right> rights) {
            this(method, pattern, access, rights, false, null, false);
        }

        /// For dangerous acts: factors, roles, tokens, keys, exports.
        public Route withStepUp() {
            return new Route(method, pattern, access, rights, true, recordedAs, outside);
        }

        /// For sensitive reads: exports, proofs with content, lists of people and keys.
        public Route recorded(String action) {
            return new Route(method, pattern, access, rights, stepUp, action, outside);
        }

        /// For customers too: what it shows them is theirs.
        public Route andOutside() {
            return new Route(method, pattern, access, rights, stepUp, recordedAs, true);
        }

        public static Route open(HttpMethod method, String pattern) {
            return new Route(method, pattern, Access.OPEN, Set.of());
        }

        public static Route operations(HttpMethod method, String pattern) {
            return new Route(method, pattern, Access.OPERATIONS, Set.of());
        }

        public static Route provisioning(HttpMethod method, String pattern) {
            return new Route(method, pattern, Access.PROVISIONING, Set.of());
        }

        public static Route firstFactor(HttpMethod method, String pattern) {
            return new Route(method, pattern, Access.FIRST_FACTOR, Set.of());
        }

        public static Route signedIn(HttpMethod method, String pattern) {
            return new Route(method, pattern, Access.SIGNED_IN, Set.of());
        }

        /// For who has any of the rights, by a role of the procedure in force.
        public static Route may(HttpMethod method, String pattern, Right... rights) {
            return new Route(method, pattern, Access.RIGHTS, Set.of(rights));
        }
    }

    /// `OPEN`: anybody. `OPERATIONS`: from this computer while it serves nobody else, or a token of an API client
    /// with the scope `metrics`. `PROVISIONING`: a token of an administrator's API client with the scope `scim`.
    /// `FIRST_FACTOR`: whoever gave a first factor; only the pages of the second factor stand under it.
    /// `SIGNED_IN`: a person with both factors, or an API client. `RIGHTS`: as well one of the rights.
    enum Access {
        OPEN,
        OPERATIONS,
        PROVISIONING,
        FIRST_FACTOR,
        SIGNED_IN,
        RIGHTS
    }
}
