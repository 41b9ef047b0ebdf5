/**
 * The static page: a model of plain texts ({@link io.maeharness.reporting.page.PageModel}) and the template that sets it.
 *
 * <p>Types are public because FreeMarker reads public types only.
 */
package io.maeharness.reporting.page;
