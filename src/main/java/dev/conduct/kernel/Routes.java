package dev.conduct.kernel;

import java.util.List;
import java.util.Set;
import org.springframework.http.HttpMethod;

/// The routes a module opens. Each module declares its own as a bean; what nobody declares is denied, and a test
/// finds every handler that is in no declaration.
public interface Routes {

    List<Route> routes();

    /// One method and path pattern and who may call it.
    ///
    /// @param roles for `Access.ROLES`: any of these suffices; otherwise empty
    /// @param stepUp true when a session must have given its second factor within the last 15 minutes
    record Route(HttpMethod method, String pattern, Access access, Set<String> roles, boolean stepUp) {

        public Route(HttpMethod method, String pattern, Access access, Set<String> roles) {
            this(method, pattern, access, roles, false);
        }

        /// For dangerous acts: factors, roles, tokens, keys, exports.
        public Route withStepUp() {
            return new Route(method, pattern, access, roles, true);
        }

        public static Route open(HttpMethod method, String pattern) {
            return new Route(method, pattern, Access.OPEN, Set.of());
        }

        public static Route operations(HttpMethod method, String pattern) {
            return new Route(method, pattern, Access.OPERATIONS, Set.of());
        }

        public static Route firstFactor(HttpMethod method, String pattern) {
            return new Route(method, pattern, Access.FIRST_FACTOR, Set.of());
        }

        public static Route signedIn(HttpMethod method, String pattern) {
            return new Route(method, pattern, Access.SIGNED_IN, Set.of());
        }

        public static Route roles(HttpMethod method, String pattern, String... roles) {
            return new Route(method, pattern, Access.ROLES, Set.of(roles));
        }
    }

    /// `OPEN`: anybody. `OPERATIONS`: from this computer while it serves nobody else, or a token of an API client
    /// with the scope `metrics`. `FIRST_FACTOR`: whoever gave the password; only the pages of the second factor
    /// stand under it. `SIGNED_IN`: a person with both factors, or an API client. `ROLES`: as well one of the
    /// roles.
    enum Access {
        OPEN,
        OPERATIONS,
        FIRST_FACTOR,
        SIGNED_IN,
        ROLES
    }
}
