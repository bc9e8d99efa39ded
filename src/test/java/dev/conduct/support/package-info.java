/// What tests stand on: the running application, its database, a clock to set, and the cast.
@NullMarked
package dev.conduct.support;

import org.jspecify.annotations.NullMarked;
