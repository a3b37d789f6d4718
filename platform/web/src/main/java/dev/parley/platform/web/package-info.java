/**
 * What every HTTP answer has in common: RFC 9457 problems with OpenAI's {@code error} member,
 * request and trace ids, strict JSON, paging, rate-limit headers. It knows no resource.
 */
@NullMarked
package dev.parley.platform.web;

import org.jspecify.annotations.NullMarked;
