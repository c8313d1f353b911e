/** Where the client finds the text and the video that the server rendered. */
export const lessonTextId = 'lesson-text'
export const lessonVideoId = 'lesson-video'
