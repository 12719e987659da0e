/** Why a text is not a plan, with what to do. */
export class NotAPlan extends Error {
  override readonly name = 'NotAPlan';
}
