/** Matches a phone number in a text. */
const PHONE_NUMBER = /(\+?[(\d][\d\s().-]{5,30}\d)/;

/** Whether a text is a phone number and nothing else. */
export function isPhoneNumber(text: string): boolean {
  return PHONE_NUMBER.exec(text)?.[0] === text;
}

/** Splits a text into other text and, at the odd indices, phone numbers. */
export function splitAtPhoneNumbers(text: string): readonly string[] {
  return text.split(PHONE_NUMBER);
}
