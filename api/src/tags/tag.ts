/** A hashtag, by its normalised name. */
export interface Tag {
  id: string;
  name: string;
}
