/** What may come next in a JSON text. What lies before {@link Next.Text} is between two tokens, where white space may be. */
export const enum Next {
  Value,
  ValueOrEnd,
  KeyOrEnd,
  Key,
  Colon,
  CommaOrEnd,
  Text,
  Escape,
  Hex,
  Number,
  Word,
  Nothing,
}
