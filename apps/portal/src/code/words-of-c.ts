/** What is completed in C beside the words of the program: its own words, and what beginners call. */

const keywords =
  'auto break case char const continue default do double else enum extern float for goto if inline int long register return short signed sizeof static struct switch typedef union unsigned void volatile while'
const functions =
  'abs atoi atof calloc exit fabs fclose fgets floor fopen fprintf fputs free fscanf getchar isalpha isdigit isspace malloc memcpy memset pow printf putchar puts qsort rand realloc scanf sqrt srand sscanf strcat strchr strcmp strcpy strlen strncmp strncpy strstr strtol tolower toupper'
const others = 'FILE NULL bool false size_t stderr stdin stdout true'

const listed = (words: string, type: string) => words.split(' ').map(label => ({ label, type }))

export const wordsOfC = [
  ...listed(keywords, 'keyword'),
  ...listed(functions, 'function'),
  ...listed(others, 'constant'),
]
