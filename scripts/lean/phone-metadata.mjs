/** Index within a country's list: the ways in which its numbers are written. */
const FORMATS = 4;

/**
 * What libphonenumber-js knows of every country, without what only serves to write numbers as they
 * are typed or as they are written within the country: Ringside writes whole numbers, for the whole
 * world. Of the digits that a way of writing begins with, the library asks for the last entry alone.
 *
 * @param {import('libphonenumber-js/core').MetadataJson} metadata
 * @returns {import('libphonenumber-js/core').MetadataJson}
 */
export function leanMetadata(metadata) {
  const { countries, nonGeographic } = metadata;
  return { ...metadata, countries: leanPlans(countries), nonGeographic: leanPlans(nonGeographic) };
}

/**
 * @template {object} Plans
 * @param {Plans} plans
 */
function leanPlans(plans) {
  const lean = Object.entries(plans).map(([name, plan]) => [name, leanPlan(plan)]);
  return /** @type {Plans} */ (Object.fromEntries(lean));
}

/** @param {readonly unknown[]} plan */
function leanPlan(plan) {
  const formats = plan[FORMATS];
  return Array.isArray(formats) ? plan.with(FORMATS, formats.map(leanFormat)) : plan;
}

/** @param {readonly [string, string, string[]?, unknown?, unknown?, string?]} format */
function leanFormat([pattern, within, leading, , , abroad]) {
  const last = leading?.slice(-1) ?? 0;
  if (abroad) return [pattern, 0, last, 0, 0, abroad];
  return last ? [pattern, within, last] : [pattern, within];
}
