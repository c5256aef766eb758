/** Where Node finds what a page asks for under /vendor/. */

const LIBRARIES = new URL('../../node_modules/', import.meta.url);

export function resolve(specifier, context, next) {
  const own = specifier.startsWith('/vendor/');
  return next(own ? new URL(specifier.slice('/vendor/'.length), LIBRARIES).href : specifier, context);
}
